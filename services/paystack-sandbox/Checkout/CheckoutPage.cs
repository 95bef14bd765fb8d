using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// The page a customer pays on. It needs no script, so it works on anything that shows HTML, and no key: the access code is the
/// secret, as with Paystack.
/// </summary>
internal static class CheckoutPage
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/checkout/{accessCode}", Show);
        app.MapPost("/checkout/{accessCode}", Act).DisableAntiforgery();
    }

    public static string Address(Transaction transaction, SandboxOptions options, HttpRequest request)
    {
        var address = options.PublicUrl?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        return $"{address}/checkout/{transaction.AccessCode}";
    }

    static IResult Show(string accessCode, Books books) =>
        books.Checkout(accessCode) is var (integration, reference) && integration.Find(reference) is { } transaction
            ? Page(transaction)
            : Results.NotFound();

    static async Task<IResult> Act(string accessCode, HttpContext context, Books books)
    {
        if (books.Checkout(accessCode) is not var (integration, reference))
            return Results.NotFound();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        lock (integration.Gate)
        {
            var transaction = integration.Find(reference)!;
            // Two presses of the button, or a page left open, settle nothing twice.
            if (TransactionStatus.IsOpen(transaction.Status))
                transaction = Press(integration, transaction, form);
            var returnTo = transaction.IsPaid ? Return(transaction) : null;
            return Results.Redirect(returnTo ?? Address(transaction, books.Options, context.Request));
        }
    }

    static Transaction Press(Integration books, Transaction transaction, IFormCollection form) => form["action"].ToString() switch
    {
        "pay" => Settlement.Succeed(books, transaction with { RefundOutcome = Outcome(form["refund"]) }),
        "wrong-pin" => Settlement.Fail(books, transaction, "Incorrect PIN"),
        "transfer" when !TryAmount(form["amount"], out var amount) => transaction,
        "transfer" when TryAmount(form["amount"], out var amount) && amount != transaction.Amount => AdminSwitches.Reject(books, transaction, amount),
        "transfer" => Settlement.Succeed(books, transaction),
        _ => Settlement.Fail(books, transaction, "Declined"),
    };

    /// <summary>As a person writes it: 2500 or 2,500.00.</summary>
    static bool TryAmount(string? text, out long subunits)
    {
        subunits = 0;
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) || amount is <= 0 or > 999_999_999_999)
            return false;
        subunits = (long)decimal.Truncate(amount * 100);
        return true;
    }

    static string? Outcome(string? refund) => refund is "failed" or "needs-attention" ? refund : null;

    static string? Return(Transaction transaction)
    {
        if (Web(transaction.CallbackUrl) is not { } callback)
            return null;
        var reference = Uri.EscapeDataString(transaction.Reference);
        return $"{callback}{(callback.Contains('?') ? '&' : '?')}trxref={reference}&reference={reference}";
    }

    static string? Web(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? address : null;

    /// <summary>A transfer may be of any amount; another than asked is sent back.</summary>
    static string Transfer(Transaction t) => $"""
        <form method="post"><p>Account <code>{HtmlEncoder.Default.Encode(t.ChargeFields?["account_number"]?.ToString() ?? "")}</code></p>
        <label>Amount <input name="amount" inputmode="decimal" value="{t.Amount / 100}.{t.Amount % 100:00}"></label>
        <button name="action" value="transfer">Transfer</button></form>
        """;

    static IResult Page(Transaction t)
    {
        var cancel = (t.Metadata as JsonObject)?["cancel_action"] is JsonValue value ? Web(value.ToString()) : null;
        var html = HtmlEncoder.Default;
        var body = TransactionStatus.IsOpen(t.Status)
            ? (t.Channel is "bank_transfer" ? Transfer(t) : "") + """
              <form method="post">
              <p><label>A refund of it <select name="refund"><option value="">ends well</option><option>failed</option>
              <option>needs-attention</option></select></label></p>
              <button name="action" value="pay">Pay</button> <button name="action" value="decline">Decline</button>
              <button name="action" value="wrong-pin">Wrong PIN</button>
              </form>
              """ + (cancel is null ? "" : $"<p><a href=\"{html.Encode(cancel)}\">Cancel</a></p>")
            : $"<p role=\"status\">{(t.IsPaid ? "Paid" : html.Encode(t.Message ?? t.Status))}</p>";
        return Results.Content($$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Checkout sandbox</title>
            <style>body{font:1.1rem/1.5 system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem}
            button{font:inherit;padding:.6rem 1.4rem}</style>
            </head><body>
            <h1>{{html.Encode(Currencies.Display(t.Amount, t.Currency))}}</h1>
            <p>{{html.Encode(t.Customer.Email)}}<br><code>{{html.Encode(t.Reference)}}</code></p>
            {{body}}
            <p><small>This is a sandbox: no money moves.</small></p>
            </body></html>
            """, "text/html; charset=utf-8");
    }
}
