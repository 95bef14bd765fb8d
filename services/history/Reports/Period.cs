using System.Globalization;
using WebWaka.CellKit;

namespace WebWaka.History.Reports;

/// <summary>Business dates, both included, yyyy-MM-dd; of one store where it is named.</summary>
public sealed record Period(DateOnly From, DateOnly To, Guid? StoreId)
{
    private const int MaxDays = 3700;

    internal string FromText => From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal string ToText => To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal Problem? Check() => From <= To && To.DayNumber - From.DayNumber < MaxDays
        ? null
        : CommonProblems.InvalidRequest.With($"from, to: business dates, from not after to, at most {MaxDays} days");
}
