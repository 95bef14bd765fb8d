using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Promotions.Copies;
using WebWaka.Promotions.Promotions;

namespace WebWaka.Promotions.Simulations;

/// <summary>What a promotion would have cost on the sales of a time, before it goes live. By this Cell's own copies; nothing is stored.</summary>
internal static class SimulatePromotion
{
    private const int MaxSales = 50_000;
    private const int MaxProducts = 200;
    private const int PageSize = 1_000;
    private const int MaxDays = 366;

    /// <param name="Rule">As for <c>POST /api/promotions</c>. A code that it needs counts as given.</param>
    /// <param name="AsSold">True: on what the lines cost after all that was taken off then; false: on what they were listed at.</param>
    internal sealed record Request(JsonElement Rule, DateTimeOffset From, DateTimeOffset To, bool AsSold = false);

    /// <param name="Sales">How many were looked at.</param>
    /// <param name="Touched">How many of them it would have been given in.</param>
    /// <param name="Discount">Minor units that it would have taken off.</param>
    /// <param name="Products">Those it would have cost most on; at most 200.</param>
    /// <param name="NotTouched">The other sales, by the reason.</param>
    /// <param name="ContinueFrom">Where to go on: more than 50000 sales were made in this time, and those from here on are not in it.</param>
    internal sealed record Answer(
        long Sales, long Touched, long Discount, Product[] Products, IReadOnlyDictionary<string, long> NotTouched, DateTimeOffset? ContinueFrom);

    internal sealed record Product(Guid? ProductId, string Name, long Sales, decimal Quantity, long Discount);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/promotions/simulate", Handle).RequirePermission(Permissions.ReadPromotions).WithName(nameof(SimulatePromotion))
            .WithExample(new("""
                {"rule": {"type": "amountOff", "name": "Five hundred off fifty thousand", "amount": 50000, "scope": "order",
                  "conditions": {"minimumAmount": 5000000}}, "from": "2026-10-01T00:00:00+01:00", "to": "2026-11-01T00:00:00+01:00"}
                """)).Produces<Answer>();

    private static async Task<IResult> Handle(Request request, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        if (request.To <= request.From || request.To - request.From > TimeSpan.FromDays(MaxDays))
            return CommonProblems.InvalidRequest.With($"to: after from, at most {MaxDays} days").ToHttp();
        var parsed = PromotionDocument.Parse(request.Rule, db.NewId(), version: 1, stored: false);
        if (parsed.Problem is { } wrong)
            return wrong.ToHttp();
        var wanted = parsed.Value!.Conditions.CustomerGroups;
        var (products, zones, groups) = await db.InTenant(caller.TenantId, async () => (
            await db.Products.AsNoTracking().ToDictionaryAsync(row => row.Id, ct),
            await db.Stores.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.TimeZone, ct),
            await db.Customers.AsNoTracking().Where(row => row.Groups.Any(group => wanted.Contains(group)))
                .ToDictionaryAsync(row => row.Id, row => row.Groups, ct)), ct);
        var simulation = new Simulation(parsed.Value!, products, zones, groups, request.AsSold);
        var goOn = await Run(simulation, request, caller.TenantId, db, ct);
        return TypedResults.Ok(new Answer(
            simulation.Sales, simulation.Touched, simulation.Discount,
            [.. simulation.Products.Take(MaxProducts).Select(p =>
                new Product(p.Product == Guid.Empty ? null : p.Product, p.Name, p.Sales, p.Quantity, p.Discount))],
            simulation.Reasons, goOn));
    }

    /// <summary>Page by page, each in a transaction of its own.</summary>
    private static async Task<DateTimeOffset?> Run(Simulation simulation, Request request, Guid tenant, PromotionsDb db, CancellationToken ct)
    {
        var (from, to) = (request.From.ToUniversalTime(), request.To.ToUniversalTime());
        var (at, last) = (from, Guid.Empty);
        while (true)
        {
            List<PastSaleRow> page = await db.InTenant(tenant, () => db.PastSales.AsNoTracking()
                .Where(row => row.At < to && (row.At > at || (row.At == at && row.SaleId > last))).OrderBy(row => row.At).ThenBy(row => row.SaleId)
                .Take(PageSize).ToListAsync(ct), ct);
            foreach (var row in page)
            {
                if (simulation.Sales == MaxSales)
                    return row.At;
                simulation.Add(PastSale.Read(row.Document), row.At);
            }

            if (page.Count < PageSize)
                return null;
            (at, last) = (page[^1].At, page[^1].SaleId);
        }
    }
}
