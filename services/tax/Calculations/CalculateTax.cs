using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax.Calculations;

/// <summary>Prices lines with no promotion, and stores nothing: by the taxes that the lines bring, or by the tenant's own rules.</summary>
internal static class CalculateTax
{
    private const int MaxLines = 500;
    private const int MaxComponents = 20;

    /// <param name="At">The tax point in the store's own offset; absent: now in the tenant's time zone.</param>
    /// <param name="PricesIncludeTax">Absent: as the tenant's rules say; without the tenant's rules, false.</param>
    /// <param name="Rounding">Absent: as the tenant's rules say.</param>
    /// <param name="Fees">Chosen among <paramref name="FeeRules"/> where those come along, else among the tenant's.</param>
    /// <param name="FeeRules">Fees that come along; automatic ones are charged.</param>
    /// <param name="Zones">Where the sale is; taxes and fees for other zones do not apply.</param>
    /// <param name="Exemption">The customer's certificate.</param>
    /// <param name="OrderDiscount">Off all lines together.</param>
    /// <param name="CashRounding">Answered is what cash has to pay; absent: as the tenant's rules have it for the currency.</param>
    internal sealed record Request(
        string Currency, Line[] Lines, bool? PricesIncludeTax = null, DateTimeOffset? At = null, RoundingPolicy? Rounding = null, CartFee[]? Fees = null,
        FeeRule[]? FeeRules = null, string[]? Zones = null, TaxExemption? Exemption = null, ManualDiscount? OrderDiscount = null,
        CashRounding? CashRounding = null);

    /// <param name="UnitPrice">Minor units with up to four decimals.</param>
    /// <param name="Quantity">Below zero: the line comes back, as with <paramref name="IsReturn"/>.</param>
    /// <param name="Discount">Off this line.</param>
    /// <param name="Taxes">The line's own taxes, or <paramref name="TaxClass"/> of the tenant's rules, or neither for their default class.</param>
    internal sealed record Line(
        decimal Quantity, decimal UnitPrice, TaxComponent[]? Taxes = null, string? TaxClass = null, bool? PricesIncludeTax = null, bool IsReturn = false,
        ManualDiscount? Discount = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/calculate", Handle).RequirePermission(Permissions.ReadTax).WithName(nameof(CalculateTax)).Produces<Calculation>()
            .WithExample(CalculationExample.Value);

    private static async Task<IResult> Handle(Request request, Caller caller, TaxDb db, CancellationToken ct)
    {
        if (Check(request) is { } fault)
            return fault.ToHttp();
        TaxRulesRow? row = null;
        if (request is { Fees.Length: > 0, FeeRules: null } || Array.Exists(request.Lines, line => line.Taxes is null))
        {
            row = await db.InTenant(caller.TenantId, () => db.TaxRules.AsNoTracking().SingleOrDefaultAsync(ct), ct);
            if (row is null)
                return Problems.NoTaxRules.ToHttp();
        }

        var rules = RulesFor(request, row is null ? new RuleBook() : RuleSet.Read(row.Document));
        if (rules.Check() is { } wrong)
            return Problems.TaxRulesInvalid.Because(wrong).ToHttp();
        var at = request.At ?? TimeZoneInfo.ConvertTime(db.Now, ZoneOf(row));
        var priced = Pricer.Price(CartOf(request, at), rules);
        return priced.Failure is { } failure
            ? Problems.CannotBePriced.Because(failure).ToHttp()
            : TypedResults.Ok(Calculation.Of(priced.Value!, at, Array.Find(rules.CashRounding, cash => cash.Currency == request.Currency)));
    }

    private static TimeZoneInfo ZoneOf(TaxRulesRow? row) =>
        row is not null && TimeZoneInfo.TryFindSystemTimeZoneById(row.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Each line's own taxes become a class of its own. A stored class cannot have such a name: it holds a control character.</summary>
    private static RuleBook RulesFor(Request request, RuleBook stored) => stored with
    {
        PricesIncludeTax = request.PricesIncludeTax ?? stored.PricesIncludeTax,
        Rounding = request.Rounding ?? stored.Rounding,
        TaxClasses =
        [
            .. stored.TaxClasses,
            .. request.Lines.Select((line, i) => new TaxClass(Inline(i), "", line.Taxes!)).Where(c => c.Components is not null),
        ],
        Zones =
        [
            .. stored.Zones,
            .. ZonesOf(request).Except(stored.Zones.Select(zone => zone.Code), StringComparer.Ordinal).Select(code => new TaxZone(code, [])),
        ],
        CashRounding = request.CashRounding is { } cash ? [cash] : stored.CashRounding,
        // Fees are charged only where the caller names them: this answers for its lines, not for a whole sale.
        Fees = [.. stored.Fees.Where(fee => !fee.Automatic), .. request.FeeRules ?? []],
    };

    private static IEnumerable<string> ZonesOf(Request request) =>
        (request.Zones ?? []).Concat(request.Lines.SelectMany(line => line.Taxes ?? []).SelectMany(tax => tax.Zones))
            .Concat((request.FeeRules ?? []).SelectMany(fee => fee.Zones)).Distinct(StringComparer.Ordinal);

    private static Cart CartOf(Request request, DateTimeOffset at) => new()
    {
        Currency = request.Currency,
        At = at,
        StoreId = Guid.Empty,
        Fees = request.Fees ?? [],
        Zones = request.Zones,
        TaxExemption = request.Exemption,
        OrderDiscount = request.OrderDiscount,
        Lines = [.. request.Lines.Select((line, i) => new CartLine
        {
            Line = i + 1, Quantity = line.Quantity, UnitPrice = line.UnitPrice, PricesIncludeTax = line.PricesIncludeTax,
            IsReturn = line.IsReturn || line.Quantity < 0 != line.UnitPrice < 0, Discount = line.Discount,
            TaxClass = line.Taxes is null ? line.TaxClass : Inline(i),
        })],
    };

    /// <summary>How the classes of lines that bring their own taxes begin.</summary>
    internal const string InlineClass = "line\u0001";

    private static string Inline(int line) => $"{InlineClass}{line}";

    private static Problem? Check(Request request)
    {
        if (request.Lines.Length is 0 or > MaxLines)
            return CommonProblems.InvalidRequest.With($"lines: 1 to {MaxLines}");
        if (request.Fees?.Length > MaxComponents || (request.Fees is { } fees && Array.Exists(fees, fee => fee is null)))
            return CommonProblems.InvalidRequest.With($"fees: at most {MaxComponents}");
        if (request.FeeRules?.Length > MaxComponents || (request.FeeRules is { } own && Array.Exists(own, fee => fee is null)))
            return CommonProblems.InvalidRequest.With($"feeRules: at most {MaxComponents}");
        if (request.Zones?.Length > MaxComponents || (request.Zones is { } zones && Array.Exists(zones, zone => zone is null)))
            return CommonProblems.InvalidRequest.With($"zones: at most {MaxComponents}");
        if (request.Rounding is { Step: < 1 or > 1_000_000 })
            return CommonProblems.InvalidRequest.With("rounding.step: 1 to 1000000");
        return request.Lines.Select(FaultOf).FirstOrDefault(fault => fault is not null) is { } wrong ? CommonProblems.InvalidRequest.With(wrong) : null;
    }

    private static string? FaultOf(Line? line, int i)
    {
        if (line is null)
            return $"lines[{i}]: null";
        if (line is { Taxes: not null, TaxClass: not null })
            return $"lines[{i}]: either taxes or taxClass";
        if (line.Taxes?.Length > MaxComponents)
            return $"lines[{i}].taxes: at most {MaxComponents}";
        return Overrides.Text($"lines[{i}].taxClass", line.TaxClass)
            ?? line.Taxes?.Select((tax, at) => Overrides.Fault($"lines[{i}].taxes[{at}]", tax, withholding: true)).FirstOrDefault(fault => fault is not null);
    }
}
