using System.Globalization;

namespace WebWaka.Transaction.Core;

/// <summary>A store's own time and day: its time zone, and the hour at which its day ends.</summary>
internal static class BusinessDay
{
    /// <summary>The instant on the store's own clock.</summary>
    public static DateTimeOffset Local(DateTimeOffset at, string timeZone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary><c>yyyy-MM-dd</c>: half past midnight still belongs to yesterday when the day ends at four.</summary>
    public static string Of(DateTimeOffset local, string dayCutoff)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) < TimeOnly.ParseExact(dayCutoff, "HH:mm", CultureInfo.InvariantCulture))
            day = day.AddDays(-1);
        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
