using Microsoft.EntityFrameworkCore;

namespace WebWaka.History.Journal;

/// <summary>Writes to the journal for the consumers that are not in a hurry.</summary>
internal static class Journaling
{
    /// <summary>False when the journal has it: an event sent again under another id. One that is being written now is waited for.</summary>
    public static async Task<bool> Record(this HistoryDb db, Guid tenant, JournalRow row, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO journal (tenant_id, kind, thing_id, sale_id, store_id, till_id, shift_id, by, number, business_date, at, currency, total, document)
            VALUES ({tenant}, {row.Kind}, {row.ThingId}, {row.SaleId}, {row.StoreId}, {row.TillId}, {row.ShiftId}, {row.By}, {row.Number}, {row.BusinessDate},
                {row.At.ToUniversalTime()}, {row.Currency}, {row.Total}, {row.Document}::jsonb)
            ON CONFLICT DO NOTHING
            """, ct) == 1;

    /// <summary>A business date as events carry it, <c>yyyy-MM-dd</c>.</summary>
    public static DateOnly Day(string businessDate) => DateOnly.ParseExact(businessDate, "yyyy-MM-dd");
}
