using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Transaction.Taxes;

/// <summary>
/// How a stored sale came to what it cost, step by step, from what it stored then: rules that have changed since say nothing here.
/// </summary>
internal static class ExplainSale
{
    /// <param name="Status"><c>completed</c>, <c>awaitingPayment</c> or <c>voided</c>.</param>
    /// <param name="TaxPoint">The time on the store's own clock that chose the rates.</param>
    /// <param name="RulesVersion">Which state of all the rules.</param>
    /// <param name="NotCharged">Fees and taxes of the lines' classes that were not charged, each with its reason.</param>
    public sealed record Answer(
        Guid SaleId, string? Number, string Status, string Currency, DateTimeOffset TaxPoint, bool PricesIncludeTax, string RulesVersion,
        SaleTaxRounding Rounding, string[] TaxZones, Guid? CustomerId, string? TaxExemption, Explained[] Lines, Explained[] Fees, Omitted[] NotCharged,
        Step[] Document, long Total, long CashRounding, long Due);

    /// <summary>A line or a fee.</summary>
    public sealed record Explained(int? Line, string Name, string? TaxClass, Step[] Steps, long Total);

    /// <param name="Kind"><c>gross</c>, <c>fee</c>, <c>discount</c>, <c>net</c>, <c>tax</c>, <c>total</c> or <c>cashRounding</c>.</param>
    /// <param name="Says">The same as a sentence.</param>
    /// <param name="Rule">Which rule: a tax's component, a fee, a promotion's id.</param>
    /// <param name="Version">Of that rule.</param>
    /// <param name="Base">Minor units that it was worked out on.</param>
    /// <param name="Rate">Percent.</param>
    /// <param name="Exact">A percentage of the base before it was rounded, minor units.</param>
    /// <param name="Amount">Minor units.</param>
    /// <param name="Included">Whether the listed price contained it.</param>
    public sealed record Step(
        string Kind, string Says, long Amount, string? Rule = null, string? Version = null, long? Base = null, decimal? Rate = null,
        decimal? Exact = null, bool? Included = null, string? Treatment = null);

    /// <param name="Because">The reason as a sentence.</param>
    public sealed record Omitted(string Rule, string Reason, string Because);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/tax/explain/{saleId:guid}", Handle).WithName(nameof(ExplainSale)).RequirePermission(Permissions.ReadTax).Produces<Answer>();

    private static async Task<IResult> Handle(Guid saleId, Caller caller, TransactionDb db, CancellationToken ct)
    {
        var found = await db.InTenant<Answer>(caller.TenantId, async () =>
            await db.Sales.AsNoTracking().SingleOrDefaultAsync(row => row.Id == saleId, ct) is { } sale
                ? Explaining.Explain(JsonSerializer.Deserialize<SaleCompleted>(sale.Document, Json.Tolerant)!, sale.State, sale.Number)
                : Problems.SaleUnknown, ct);
        return found.ToHttp();
    }
}
