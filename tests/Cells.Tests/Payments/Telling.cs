namespace WebWaka.Cells.Tests.Payments;

/// <summary>When a shop hears of what happened at Paystack. None of it may change what is in the books in the end.</summary>
public enum Telling
{
    /// <summary>Each event at once, and each twice.</summary>
    AtOnce,

    /// <summary>No event: the sweep finds out. All events come at the very end, the last one first.</summary>
    BySweep,

    /// <summary>Some at once, some later, in any order; the sweep finds the rest.</summary>
    Shuffled,
}
