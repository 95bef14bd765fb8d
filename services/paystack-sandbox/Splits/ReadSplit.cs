using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>A split as a request names it: by its code, as an object of its own, or as one subaccount.</summary>
internal static class ReadSplit
{
    static readonly string[] Bearers = ["account", "subaccount", "all", "all-proportional"];

    /// <summary>What a payment is shared by, or null; or why that cannot be.</summary>
    public static (Split? Split, Answer? Refusal) OfPayment(Body body, Integration books, long amount, string currency)
    {
        if (body.Text("split_code") is { } code)
        {
            var known = books.Splits.All.FirstOrDefault(s => s.Code == code && s.Active);
            return known is null ? (null, Refusals.NotFound("Split")) : Fits(known, amount, currency);
        }

        if (body.Object("split") is { } own)
        {
            var (split, refusal) = Of(new Body(own), books, "dynamic", currency);
            return split is null ? (null, refusal) : Fits(split with { IsDynamic = true, Code = null }, amount, currency);
        }

        return body.Text("subaccount") is { } subaccount ? Single(body, books, subaccount, amount, currency) : (null, null);
    }

    /// <summary>A new split, not yet kept.</summary>
    public static (Split? Split, Answer? Refusal) Of(Body body, Integration books, string name, string currency)
    {
        if (body.Text("type") is not ("percentage" or "flat") || body["subaccounts"] is not JsonArray { Count: > 0 } rows)
            return (null, Refusals.Invalid("type must be percentage or flat, with subaccounts"));
        var bearer = body.Text("bearer_type") ?? "account";
        if (!Bearers.Contains(bearer))
            return (null, Refusals.BearerInvalid());
        var shares = new List<Share>();
        foreach (var row in rows.OfType<JsonObject>())
        {
            if (Subaccounts.Find(books, Body.Text(row, "subaccount")) is not { } subaccount)
                return (null, Refusals.NotFound("Subaccount"));
            if (new Body(row).Amount("share") is not (var share, null))
                return (null, Refusals.Invalid("Shares are whole numbers above 0"));
            shares.Add(new Share(subaccount.Code, subaccount.Id, subaccount.BusinessName, share));
        }

        if (body.Text("type") is "percentage" && shares.Sum(s => s.Of) > 100)
            return (null, Refusals.Invalid("Percentage shares may not sum to more than 100"));
        var bearing = body.Text("bearer_subaccount");
        if (bearer is "subaccount" && !shares.Exists(s => s.Code == bearing))
            return (null, Refusals.Invalid("bearer_subaccount must be in the group"));
        var now = books.Clock.Now;
        return (new Split(books.NextId(), null, name, body.Text("type")!, currency, bearer, bearing, [.. shares], true, false, now, now), null);
    }

    static (Split?, Answer?) Fits(Split split, long amount, string currency) =>
        split.Currency != currency ? (null, Refusals.Invalid("Split currency must match transaction currency"))
        : split.Type is "flat" && split.Shares.Sum(s => s.Of) > amount ? (null, Refusals.Invalid("Flat shares exceed the amount"))
        : (split, null);

    /// <summary>The flat charge goes to the main account and overrides the subaccount's percentage.</summary>
    static (Split?, Answer?) Single(Body body, Integration books, string name, long amount, string currency)
    {
        if (Subaccounts.Find(books, name) is not { Active: true } subaccount)
            return (null, Refusals.NotFound("Subaccount"));
        var kept = body.Amount("transaction_charge") is (var charge, null) ? charge : (long)decimal.Truncate(amount * subaccount.PercentageCharge / 100);
        if (kept > amount)
            return (null, Refusals.Invalid("Transaction charge exceeds the amount"));
        var now = books.Clock.Now;
        var bearer = body.Text("bearer") is "subaccount" ? "subaccount" : "account";
        return (new Split(0, null, "", "flat", currency, bearer, subaccount.Code,
            [new Share(subaccount.Code, subaccount.Id, subaccount.BusinessName, amount - kept)], true, false, now, now), null);
    }
}
