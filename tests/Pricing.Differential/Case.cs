using System.Text.Encodings.Web;
using System.Text.Json;

namespace WebWaka.Pricing.Differential;

/// <summary>A rule book and carts to price by it, as both sides read them.</summary>
internal sealed record Case(RuleBook Rules, CaseCart[] Carts)
{
    /// <summary>Letters stay letters, as JavaScript writes them.</summary>
    static readonly JsonSerializerOptions Options =
        new(PricingJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Json() => JsonSerializer.Serialize(this, Options);

    public static Case Read(string json) => JsonSerializer.Deserialize<Case>(json, Options)!;

    /// <summary>One line of JSON for each cart: its price, then its refunds one after the other, then how tenders settle it.</summary>
    public string[] Answers() => Array.ConvertAll(Carts, cart => JsonSerializer.Serialize(Answer(cart), Options));

    List<object> Answer(CaseCart cart)
    {
        var found = cart.Cart.CustomerId is { } customer ? Rules.ExemptionOf(customer, cart.Cart.At.DateTime) : null;
        var priced = Pricer.Price(cart.Cart with { TaxExemption = cart.Cart.TaxExemption ?? found }, Rules, cart.EveryRule, cart.Skipped);
        var answers = new List<object> { Shown(priced) };
        if (priced.Value is not { } sale) return answers;
        var earlier = new List<RefundedLine>();
        foreach (var requests in cart.Refunds)
        {
            var refund = Refunds.Price(sale, earlier, requests);
            answers.Add(Shown(refund));
            if (refund.Value is { } part) earlier.AddRange(part.Lines.Select(line => new RefundedLine(line.Line, Math.Abs(line.Quantity), -line.Total)));
        }

        var rounding = Array.Find(Rules.CashRounding, one => one.Currency == sale.Currency);
        var left = sale.Total - cart.Card;
        var tenders = new List<Tender>();
        if (cart.Card != 0) tenders.Add(new("card", cart.Card));
        var cash = Tenders.CashDue(rounding?.AppliesTo == RoundedTenders.All ? sale.Total : left, rounding)
            - (rounding?.AppliesTo == RoundedTenders.All ? cart.Card : 0);
        tenders.Add(new("cash", cash + cart.Slip, cart.Tendered is { } over ? cash + over : null));
        answers.Add(Shown(Tenders.Settle(sale.Total, sale.Currency, rounding, tenders)));
        return answers;
    }

    static object Shown<T>(PricingOutcome<T> outcome)
        where T : class => outcome.Value is { } value ? value : new Failed(outcome.Failure!.Code, outcome.Failure.Line);

    sealed record Failed(string Failure, int? Line);
}

/// <summary>One cart, and what is done with it afterwards.</summary>
/// <param name="Cart">To be priced.</param>
/// <param name="EveryRule">Whether each rule is explained.</param>
/// <param name="Skipped">Whether the fees and taxes that were not charged are named.</param>
/// <param name="Refunds">Of the sale, in turn.</param>
/// <param name="Card">Minor units paid by card; the rest is cash.</param>
/// <param name="Slip">Minor units the cash is off by: a fault that must be found.</param>
/// <param name="Tendered">Minor units handed over above what cash must pay.</param>
internal sealed record CaseCart(Cart Cart, bool EveryRule, bool Skipped, RefundRequest[][] Refunds, long Card, long Slip, long? Tendered);
