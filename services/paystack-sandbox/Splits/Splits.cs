using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>POST, GET and PUT /split, and its subaccounts. A split's type never changes.</summary>
internal static class Splits
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/split", Create);
        api.MapGet("/split", List);
        api.MapGet("/split/{id}", (string id, HttpContext context) => With(id, context, "Split retrieved", (_, split) => (split, null)));
        api.MapPut("/split/{id}", (string id, Body body, HttpContext context) => With(id, context, "Split group updated", (_, split) =>
            (split with { Name = body.Text("name") ?? split.Name, Active = body["active"] is null ? split.Active : body.Flag("active") }, null)));
        api.MapPost("/split/{id}/subaccount/add", (string id, Body body, HttpContext context) =>
            With(id, context, "Subaccount added", (books, split) => Add(books, split, body)));
        api.MapPost("/split/{id}/subaccount/remove", (string id, Body body, HttpContext context) => With(id, context, "Subaccount removed",
            (_, split) => (split with { Shares = [.. split.Shares.Where(s => s.Code != body.Text("subaccount"))] }, null)));
    }

    static Answer Create(Body body, HttpContext context)
    {
        var books = context.Integration();
        if (body.Text("name") is not { } name)
            return Refusals.Missing("Split name is required");
        lock (books.Gate)
        {
            var (split, refusal) = ReadSplit.Of(body, books, name, body.Text("currency") ?? books.Switches.DefaultCurrency);
            if (split is null)
                return refusal!;
            var code = "SPL_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHJK0123456789", 10);
            return Answer.Ok("Split created", Json(books, books.Splits.Save(split with { Code = code })));
        }
    }

    static Answer List(HttpContext context)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            var (page, meta) = Paging.Of([.. books.Splits.All.Reverse()], context.Request.Query);
            return Answer.Ok("Split retrieved", new JsonArray([.. page.Select(s => Json(books, s))]), meta);
        }
    }

    static Answer With(string id, HttpContext context, string message, Func<Integration, Split, (Split Split, Answer? Refusal)> change)
    {
        var books = context.Integration();
        lock (books.Gate)
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || books.Splits.Find(number) is not { } split)
                return Refusals.NotFound("Split");
            var (changed, refusal) = change(books, split);
            if (refusal is not null)
                return refusal;
            return Answer.Ok(message, Json(books, changed == split ? split : books.Splits.Save(changed with { UpdatedAt = books.Clock.Now })));
        }
    }

    static (Split Split, Answer? Refusal) Add(Integration books, Split split, Body body)
    {
        if (Subaccounts.Find(books, body.Text("subaccount")) is not { } subaccount)
            return (split, Refusals.NotFound("Subaccount"));
        if (body.Amount("share") is not (var share, null))
            return (split, Refusals.Invalid("Shares are whole numbers above 0"));
        Share[] shares = [.. split.Shares.Where(s => s.Code != subaccount.Code), new Share(subaccount.Code, subaccount.Id, subaccount.BusinessName, share)];
        return split.Type is "percentage" && shares.Sum(s => s.Of) > 100
            ? (split, Refusals.Invalid("Percentage shares may not sum to more than 100"))
            : (split with { Shares = shares }, null);
    }

    static JsonObject Json(Integration books, Split s) => new()
    {
        ["id"] = s.Id, ["name"] = s.Name, ["type"] = s.Type, ["currency"] = s.Currency, ["integration"] = books.Id, ["domain"] = "test",
        ["split_code"] = s.Code, ["active"] = s.Active, ["bearer_type"] = s.Bearer,
        ["bearer_subaccount"] = Subaccounts.Find(books, s.BearerSubaccount)?.Id,
        ["createdAt"] = Wire.Date(s.CreatedAt), ["updatedAt"] = Wire.Date(s.UpdatedAt), ["is_dynamic"] = s.IsDynamic,
        ["subaccounts"] = new JsonArray([.. s.Shares.Select(share => new JsonObject
        {
            ["subaccount"] = Subaccounts.Json(books, Subaccounts.Find(books, share.Code)!), ["share"] = share.Of,
        })]),
        ["total_subaccounts"] = s.Shares.Length,
    };

    /// <summary>As <c>charge.success</c> carries it, with who got what.</summary>
    public static JsonObject OfPayment(Transaction t)
    {
        if (t.Split is not { } split || (split.Code is null && !split.IsDynamic))
            return [];
        var of = split.Shares;
        return new JsonObject
        {
            ["id"] = split.Id, ["name"] = split.Name, ["split_code"] = split.Code,
            ["formula"] = new JsonObject
            {
                ["type"] = split.Type, ["bearer_type"] = split.Bearer, ["bearer_subaccount"] = split.BearerSubaccount,
                ["subaccounts"] = new JsonArray([.. of.Select(s => new JsonObject
                {
                    ["share"] = s.Of, ["subaccount_code"] = s.Code, ["id"] = s.Id, ["name"] = s.Name,
                })]),
                ["integration"] = split.Type is "percentage" ? 100 - of.Sum(s => s.Of) : Math.Max(0, t.Amount - of.Sum(s => s.Of)),
            },
            ["shares"] = t.Shares is not { } shares ? null : new JsonObject
            {
                ["paystack"] = shares.Paystack,
                ["subaccounts"] = new JsonArray([.. of.Zip(shares.Subaccounts).Select(pair => new JsonObject
                {
                    ["amount"] = pair.Second, ["subaccount_code"] = pair.First.Code, ["id"] = pair.First.Id,
                })]),
                ["integration"] = shares.Integration,
            },
        };
    }
}
