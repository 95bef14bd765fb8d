using System.Text.Json;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Pricing;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Core;

/// <summary>How a part of the sale is paid.</summary>
/// <param name="Method"><c>cash</c>, <c>card</c> (a stand-alone terminal, with its reference) or <c>paystack</c>.</param>
/// <param name="Amount">Minor units that it pays of what is due.</param>
/// <param name="Tendered">Cash handed over; absent: exactly the amount.</param>
public sealed record TenderRequest(string Method, long Amount, long? Tendered = null, string? Reference = null);

/// <summary>A sale as decided, before it has a number.</summary>
/// <param name="Claims">What is taken from a limited supply, in the order in which it is locked.</param>
/// <param name="MustBeFirst">A promotion was given that is for a customer's first purchase.</param>
internal sealed record DecidedSale(SaleCompleted Document, Claim[] Claims, bool AwaitsPayment, bool MustBeFirst);

/// <summary>What a sale is: decided from a priced cart and tenders alone.</summary>
internal static class Selling
{
    public const string Cash = Tenders.Cash;
    public const string Card = "card";
    public const string Paystack = "paystack";
    private const int MaxTenders = 20;

    public static Problem? Check(TenderRequest[] tenders)
    {
        if (tenders.Length > MaxTenders)
            return CommonProblems.InvalidRequest.With($"tenders: at most {MaxTenders}");
        for (var i = 0; i < tenders.Length; i++)
        {
            if (tenders[i] is not { Method: Cash or Card or Paystack })
                return CommonProblems.InvalidRequest.With($"tenders[{i}].method: cash, card or paystack");
            if (tenders[i].Reference is { } reference && !CartChecks.IsText(reference, 100))
                return CommonProblems.InvalidRequest.With($"tenders[{i}].reference: 1 to 100 characters");
            if (CardNumbers.In(tenders[i].Reference))
                return CommonProblems.CardNumberRefused.With($"tenders[{i}].reference");
            if (tenders[i].Tendered is not null && tenders[i].Method != Cash)
                return CommonProblems.InvalidRequest.With($"tenders[{i}].tendered: for cash only");
        }

        return null;
    }

    public static Problem? Check(MeantTender[] tenders)
    {
        if (tenders.Length > MaxTenders)
            return CommonProblems.InvalidRequest.With($"tenders: at most {MaxTenders}");
        return Array.Exists(tenders, tender => tender is not { Method: Cash or Card or Paystack, Amount: null or (>= 0 and <= Limits.MaxAmount) })
            ? CommonProblems.InvalidRequest.With("tenders: cash, card or paystack, each with an amount of zero or more, or none")
            : null;
    }

    public static Outcome<DecidedSale> Decide(
        CompleteSaleHeader header, Book book, Priced priced, TenderRequest[] tenders, Guid cashier, DateTimeOffset now)
    {
        var cart = priced.Cart;
        var settled = Tenders.Settle(
            cart.Total, cart.Currency, book.CashRounding, Array.ConvertAll(tenders, t => new Tender(t.Method, t.Amount, t.Tendered)));
        if (settled.Failure is { } failure)
            return Problems.TendersDoNotPay.With(failure.Detail).With("reason", failure.Code);
        var settlement = settled.Must();
        var store = book.Stores[header.StoreId];
        var day = BusinessDay.Of(priced.Local, store.DayCutoff);
        var document = new SaleCompleted(
            header.Id, SaleNumber.Placeholder, header.StoreId, header.TillId, header.ShiftId, cashier, day, now, cart.Currency,
            book.Settings.PricesIncludeTax, LinesOf(priced), FeesOf(cart), TendersOf(tenders), RedemptionsOf(cart),
            cart.Gross, cart.Discount, cart.Net, cart.Tax, cart.Total, settlement.Rounding, settlement.Due, settlement.Change,
            priced.RulesVersion, header.CustomerId, header.Note, priced.Local, RoundingOf(book.Rules.Rounding), priced.Zones, cart.TaxExemptionId,
            NotChargedOf(cart), PointsOf(cart));
        var claims = Counters.ClaimsOf(book.Promotions, cart, header.CustomerId, day, header.Leases);
        var first = Array.Exists(cart.Applied, given => book.Promotions[given.PromotionId].Conditions.FirstPurchaseOnly);
        return new DecidedSale(document, claims, Array.Exists(tenders, t => t.Method == Paystack), first);
    }

    private static SaleTaxRounding? RoundingOf(RoundingPolicy policy) => policy == new RoundingPolicy()
        ? null
        : new(Word(policy.Level), Word(policy.Mode), Word(policy.CompoundBase), policy.Step, Word(policy.Components));

    private static NotCharged[]? NotChargedOf(PricedCart cart) =>
        cart.Skipped is { Length: > 0 } skipped ? Array.ConvertAll(skipped, rule => new NotCharged(rule.Rule, rule.Reason)) : null;

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static SaleLine[] LinesOf(Priced priced)
    {
        var lines = new SaleLine[priced.Cart.Lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = priced.Cart.Lines[i];
            var product = priced.ProductOf(line);
            lines[i] = new SaleLine(
                line.Line, product?.Id, product?.Sku, priced.NameOf(line), Decimals.Text(line.Quantity), Decimals.Text(line.UnitPrice), line.TaxClass ?? "",
                product?.Stocked ?? false, line.Gross,
                Array.ConvertAll(line.Discounts, d => new Contracts.Transaction.LineDiscount(
                    d.PromotionId, d.Name, d.Version ?? 0, d.Amount, d.Base, d.CouponCode)),
                line.Net, Array.ConvertAll(line.Taxes, TaxOf), line.Total, line.PricesIncludeTax);
        }

        return lines;
    }

    public static Contracts.Transaction.LineTax TaxOf(Pricing.LineTax tax) => new(
        tax.Code, Decimals.Text(tax.Rate), tax.Base, tax.Amount, tax.Included,
        tax.Treatment == TaxTreatment.Taxed ? null : Word(tax.Treatment), tax.Rule, tax.Version);

    private static SaleFee[] FeesOf(PricedCart cart) => Array.ConvertAll(cart.Fees, fee => new SaleFee(
        fee.Code, fee.Name, fee.Net, Array.ConvertAll(fee.Taxes, TaxOf), fee.Total, FeeRequest.RuleOf(fee.Code), fee.Version, fee.Base,
        Text(fee.Quantity), Text(fee.Rate), Text(fee.PerUnit)));

    private static string? Text(decimal? value) => value is { } known ? Decimals.Text(known) : null;

    private static SaleTender[] TendersOf(TenderRequest[] tenders)
    {
        var numbered = new SaleTender[tenders.Length];
        for (var i = 0; i < tenders.Length; i++)
            numbered[i] = new SaleTender(i + 1, tenders[i].Method, tenders[i].Amount, tenders[i].Tendered ?? tenders[i].Amount, tenders[i].Reference);
        return numbered;
    }

    private static SaleLoyalty? PointsOf(PricedCart cart) => cart.Loyalty is { ProgrammeId: { } id, Version: { } version } points
        ? new SaleLoyalty(id, version, points.Earned, points.Burned, points.Value)
        : null;

    private static Redemption[] RedemptionsOf(PricedCart cart) =>
        Array.ConvertAll(cart.Applied, applied => new Redemption(applied.PromotionId, applied.CouponCode, applied.Amount));
}

/// <summary>What a sale is called and where it happened.</summary>
internal sealed record CompleteSaleHeader(Guid Id, Guid StoreId, Guid TillId, Guid ShiftId, Guid? CustomerId, string? Note, LeaseUse[]? Leases = null);

/// <summary>
/// The receipt number is given by the database in the sale's own commit, so the JSON written there carries this placeholder
/// until then. It is an escaped control character, which no text of a request may contain.
/// </summary>
internal static class SaleNumber
{
    public const string Placeholder = "\u0001";

    /// <summary>
    /// The placeholder as it stands in JSON, with its quotes: a text that spells the escape has its backslash doubled there, and
    /// its quotes escaped, so it is never taken for the placeholder.
    /// </summary>
    public const string InJson = "\"\\u0001\"";
}
