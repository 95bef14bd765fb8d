using System.Text.Encodings.Web;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// GET /customer: what waits for a customer's hand, whatever its channel, and what devices show. One click leads to the page where
/// it is paid, declined, given a wrong PIN or a wrong amount.
/// </summary>
internal static class CustomerPage
{
    const int Most = 50;

    public static void Map(WebApplication app)
    {
        app.MapGet("/customer", Show);
        app.MapPost("/customer/terminal/{push}", AtDevice).DisableAntiforgery();
    }

    static IResult Show(Books books, HttpContext context)
    {
        var html = HtmlEncoder.Default;
        var rows = new List<string>();
        foreach (var integration in books.Integrations)
        {
            lock (integration.Gate)
            {
                rows.AddRange(integration.Transactions.Where(t => TransactionStatus.IsOpen(t.Status)).Reverse().Take(Most).Select(t =>
                    $"<li><a href=\"{html.Encode(CheckoutPage.Address(t, books.Options, context.Request))}\">"
                    + $"{html.Encode(Currencies.Display(t.Amount, t.Currency))}</a> {html.Encode(t.Channel)} <code>{html.Encode(t.Reference)}</code></li>"));
                rows.AddRange(Device.Waiting(integration).Take(Most).Select(w => $"""
                    <li>{html.Encode(Currencies.Display(w.Invoice.Amount, w.Invoice.Currency))} at terminal {html.Encode(w.Push.TerminalId)}
                    <form method="post" action="/customer/terminal/{w.Push.Key}"><button name="action" value="pay">Pay</button>
                    <button name="action" value="decline">Decline</button></form></li>
                    """));
            }
        }

        return Results.Content($$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Customer, sandbox</title>
            <style>body{font:1.1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem} li{margin:.5rem 0}</style></head><body>
            <h1>The customer's hand</h1>
            {{(rows.Count == 0 ? "<p>Nothing waits for a customer.</p>" : $"<ul>{string.Join('\n', rows)}</ul>")}}
            <p><small>This is a sandbox: no money moves.</small></p></body></html>
            """, "text/html; charset=utf-8");
    }

    static async Task<IResult> AtDevice(string push, HttpContext context, Books books)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        foreach (var integration in books.Integrations)
        {
            lock (integration.Gate)
            {
                var (shown, invoice) = Device.Waiting(integration).FirstOrDefault(w => w.Push.Key == push);
                if (shown is null)
                    continue;
                if (form["action"] == "pay")
                    Device.Pay(integration, shown, invoice, "both", amount: null);
                else
                    Device.Decline(integration, shown, invoice);
            }
        }

        return Results.Redirect("/customer");
    }
}
