using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments;

/// <summary>Money that has come.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new PaymentsDb(ModelOptions.ForOwner<PaymentsDb>(connection, PaymentsCell.Name), context);
        var settled = db.Payments.AsNoTracking().Where(row => row.TenantId == tenant && row.State == PaymentStates.Settled && row.SettledAt >= since);
        await foreach (var payment in settled.OrderBy(row => row.SettledAt).AsAsyncEnumerable())
            yield return payment.ToSettled();
    }
}
