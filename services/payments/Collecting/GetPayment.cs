using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>A payment as it stands, for a till that waits for its money.</summary>
internal static class GetPayment
{
    public static void Map(RouteGroupBuilder payments) =>
        payments.MapGet("/{id:guid}", Handle).WithName(nameof(GetPayment)).RequireSellOrReadPayments().Produces<PaymentAnswer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        var found = await db.InTenant<PaymentAnswer>(caller.TenantId, async () =>
            await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } payment
                ? PaymentAnswer.Of(payment)
                : Problems.PaymentUnknown, ct);
        return found.ToHttp();
    }
}
