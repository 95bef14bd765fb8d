namespace WebWaka.CellKit;

/// <summary>
/// Whether customers stand in line for this Cell's database. While they do, its events gather for longer: consumers take many at
/// little more than the cost of one, and what they spare the customers have.
/// </summary>
public sealed class Crowd(TimeProvider clock)
{
    private const int SlicesInASecond = 10;
    private const int Slices = 20;
    private const int Nearly = 18;
    private readonly Lock _gate = new();

    /// <summary>Of each slice that is over, whether more than half of those who came had to wait.</summary>
    private readonly bool[] _waited = new bool[Slices];

    private long _slice;
    private int _came;
    private int _wait;

    /// <summary>
    /// Nearly all of the last two seconds most had to wait. Not at this moment: lines of some tenths of a second come by the way,
    /// also from events that gathered when they are let go; they must not hold back the next.
    /// </summary>
    public bool IsThere
    {
        get
        {
            lock (_gate)
            {
                Turn();
                return _waited.Count(waited => waited) >= Nearly;
            }
        }
    }

    public void Arrive(bool waits)
    {
        lock (_gate)
        {
            Turn();
            _came++;
            _wait += waits ? 1 : 0;
        }
    }

    /// <summary>Ends the slices that are over; those in which nobody came were no crowd.</summary>
    private void Turn()
    {
        var slice = clock.GetTimestamp() * SlicesInASecond / clock.TimestampFrequency;
        if (slice == _slice)
            return;
        _waited[_slice % Slices] = _wait * 2 > _came;
        for (var empty = Math.Max(_slice + 1, slice - Slices); empty < slice; empty++)
            _waited[empty % Slices] = false;
        (_slice, _came, _wait) = (slice, 0, 0);
    }
}
