using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// A random history of one shop with its own Paystack account: sales, payments that go well, wrong, late or twice, refunds in their life
/// cycle, disputes, payouts. What happens comes from <paramref name="plan"/> alone; when the shop hears of it from <paramref name="hear"/>.
/// </summary>
internal sealed class RandomHistory(CellsFixture cells, PayingShop shop, Random plan, Random hear, Telling telling)
{
    private readonly HashSet<long> _told = [];
    private Dictionary<string, string> _entries = new(StringComparer.Ordinal);

    public async Task Happen(int sales)
    {
        for (var i = 0; i < sales; i++)
        {
            var (sale, payment) = await Collect();
            if (sale is { } sold)
                await Afterwards(sold, payment!);
            await NothingWasChanged();
            if (plan.Next(4) == 0)
                await PayOut(plan.Next(4) == 0 ? "GHS" : "NGN");
        }

        await End();
        await NothingWasChanged();
    }

    /// <summary>A sale, and what its customer does. The sale is given back where it was completed by this payment.</summary>
    private async Task<(Guid? Sale, JsonNode? Payment)> Collect()
    {
        var (sale, ticket, amount) = plan.Next(3) == 0 ? await Mixed() : await shop.Sell();
        var (fate, channel) = (plan.Next(9), plan.Next(2) == 0 ? "checkout" : "bankTransfer");
        if (fate == 0)
        {
            // Paid in another currency than the sale's: asked so, and answered so.
            await Settle(await Ask(shop.Ticket(sale, 40_000 + plan.Next(1_000), "GHS"), "checkout"), "settled", notApplied: true);
            return (null, null);
        }

        var payment = await Ask(ticket, channel);
        switch (fate)
        {
            case 1:
                await Settle(payment, "needsReview", amount: amount - 100);
                return (null, null);
            case 2:
                await Settle(payment, "needsReview", currency: "GHS");
                return (null, null);
            case 3:
                await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "gone" }, Key()).Is(200);
                await Settle(payment, "settled", notApplied: true);
                return (null, null);
            case 4:
                await shop.Office.Post($"/api/payments/{payment["id"]}/abandon", new { reason = "no answer" }, Key()).Is(200);
                var second = await Ask(ticket, channel);
                await Settle(second, "settled");
                await shop.SaleBecomes(sale, "completed");
                await Settle(payment, "settled", notApplied: true);
                return (sale, second);
            case 5:
                await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]!, status = "failed", message = "Declined" });
                // Paystack has no event for it: in any way of telling, the sweep finds out.
                await shop.SweepNow(TimeSpan.FromHours(1));
                await Until(async () => (string?)(await shop.Payment(payment))["status"] == "failed", "it has failed");
                payment = await Ask(ticket, channel);
                break;
        }

        await Settle(payment, "settled");
        await shop.SaleBecomes(sale, "completed");
        return (sale, payment);
    }

    private async Task Afterwards(Guid sale, JsonNode payment)
    {
        switch (plan.Next(7))
        {
            case 0:
                await Refund(payment, new { saleId = sale, reason = "returned" });
                break;
            case 1:
                foreach (var _ in new[] { 1, 2 })
                    await Refund(payment, new { saleId = sale, reason = "part", lines = new[] { new { line = 1, quantity = "0.4", restock = true } } });
                break;
            case 2:
                await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "wrong" }, Key()).Is(200);
                await GoesBack(payment, 1);
                break;
            case 3:
                await Resolve(await Dispute(payment, 1_000 + plan.Next(5_000)));
                break;
            case 4:
                // While it is open nobody gives back what it may take.
                var open = await Dispute(payment, 5_000);
                await Refund(payment, new { saleId = sale, reason = "returned" });
                await Resolve(open);
                break;
            case 5:
                await GiveBackInDashboard(payment, 1_000 + plan.Next(5_000));
                if (plan.Next(2) == 0)
                    await Refund(payment, new { saleId = sale, reason = "returned" });
                break;
        }
    }

    private async Task<(Guid Sale, string Ticket, long Amount)> Mixed()
    {
        var part = plan.NextInt64(100_000, 1_200_000);
        var (sale, ticket) = await shop.SellMixed(part);
        return (sale, ticket, part);
    }

    private async Task<JsonNode> Ask(string ticket, string channel) => await shop.Ask(ticket, Key(), channel).Is(201);

    /// <summary>Money comes, and the shop hears of it. What no sale took may be given back.</summary>
    private async Task Settle(JsonNode payment, string becomes, long? amount = null, string? currency = null, bool notApplied = false)
    {
        await shop.Settle(payment, amount, currency);
        await Until(async () => (string?)(await shop.Payment(payment))["status"] == becomes, $"it is {becomes}");
        if (notApplied)
            await Until(async () => (string?)(await shop.Payment(payment))["notApplied"] is not null, "no sale took it");
        if (!notApplied && becomes != "needsReview")
            return;
        switch (plan.Next(5))
        {
            case 0 or 1:
                await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "not asked for" }, Key()).Is(200);
                await GoesBack(payment, 1);
                break;
            case 2:
                await Resolve(await Dispute(payment, 1_000 + plan.Next(5_000)));
                break;
            case 3:
                await GiveBackInDashboard(payment, 1_000 + plan.Next(5_000));
                break;
        }
    }

    private async Task Refund(JsonNode payment, object body)
    {
        var before = (await shop.AtPaystack(payment)).Count;
        var refund = await shop.Selling.Cashier.Post("/api/refunds", body, Key()).Is(201);
        var byPaystack = refund["tenders"]!.AsArray().Any(tender => (string?)tender!["method"] == "paystack");
        if (byPaystack)
            await GoesBack(payment, before + 1);
        else
            await Until(async () => await Booked("refund", (Guid)refund["id"]!), "it is booked");
    }

    /// <summary>Paystack has been asked for the refund. It is given, or fails first, or wants an account first, or stays on its way.</summary>
    private async Task GoesBack(JsonNode payment, int refunds)
    {
        await Until(async () => (await shop.AtPaystack(payment)).Count == refunds, $"{refunds} are asked of Paystack");
        var at = (await shop.AtPaystack(payment)).MaxBy(refund => (long)refund!["id"]!)!["id"]!;
        await Until(async () => (await Ours(at))?["status"]?.GetValue<string>() == "pending", "the shop knows it");
        switch (plan.Next(5))
        {
            case 0:
                return;
            case 1:
                await Move(at, "failed");
                await Until(async () => (string?)(await Ours(at))!["status"] == "failed", "it has failed");
                await shop.Office.Post($"/api/payments/refunds/{(await Ours(at))!["id"]}/retry", new { }).Is(200);
                await Until(async () => (await shop.AtPaystack(payment)).Count == refunds + 1, "it is asked again");
                at = (await shop.AtPaystack(payment)).MaxBy(refund => (long)refund!["id"]!)!["id"]!;
                await Until(async () => (await Ours(at))?["status"]?.GetValue<string>() == "pending", "the shop knows it");
                break;
            case 2:
                await Move(at, "needs-attention");
                await Until(async () => (string?)(await Ours(at))!["status"] == "needsAttention", "an account is wanted");
                await shop.Office.Post($"/api/payments/refunds/{(await Ours(at))!["id"]}/retry", new { accountNumber = "0123456789", bankId = "9" }).Is(200);
                break;
        }

        await Move(at, "processed");
        await Until(async () => (string?)(await Ours(at))!["status"] == "processed", "it is given");
    }

    /// <summary>Somebody at the shop gives money back past the till. It is known before the next refund, which may only ask for the rest.</summary>
    private async Task GiveBackInDashboard(JsonNode payment, long amount)
    {
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]!, amount }).Is(200);
        var at = (await shop.AtPaystack(payment)).MaxBy(refund => (long)refund!["id"]!)!["id"]!;
        if (plan.Next(3) > 0)
            await Move(at, "processed");
        await Until(async () =>
        {
            if (telling != Telling.AtOnce)
                await shop.RoundsNow();
            return await Ours(at) is not null;
        }, "it is known");
    }

    private async Task<JsonNode> Dispute(JsonNode payment, long amount)
    {
        var id = (await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]!, amount }))["data"]!["id"]!;
        // The shop hears of a dispute by its event alone: how much a refund may be hangs on it, so that it is told in any case.
        await Tell(e => (string?)e["event"] == "charge.dispute.create");
        await PayingShop.Eventually(
            async () => await Count("payments.dispute WHERE tenant_id = $1 AND paystack_id = $2", (decimal)(long)id) == 1, "it is there");
        return id;
    }

    private async Task Resolve(JsonNode dispute)
    {
        var end = plan.Next(4);
        if (end < 3)
            await shop.Switch(HttpMethod.Post, $"disputes/{dispute}", new { action = new[] { "declined", "merchant-accepted", "auto-accepted" }[end] });
    }

    private async Task PayOut(string currency)
    {
        await shop.Switch(HttpMethod.Post, "settlements", new { currency });
        await shop.Office.Post("/api/settlements/match", new { }).Is(200);
    }

    /// <summary>Every event of the whole history, the last one first and each twice: those that came already change nothing.</summary>
    private async Task End()
    {
        var all = await Announced();
        foreach (var e in all.Reverse().Concat(all))
            await Deliver(e!);
        await PayingShop.Eventually(async () => await Count("payments.webhook_event WHERE tenant_id = $1 AND state = 'received'") == 0, "all are worked");
        await shop.SweepNow(TimeSpan.FromHours(2));
        await shop.Office.Post("/api/settlements/match", new { }).Is(200);
    }

    /// <summary>The shop hears, in its own way, until it knows.</summary>
    private Task Until(Func<Task<bool>> holds, string what) => PayingShop.Eventually(async () =>
    {
        if (await holds())
            return true;
        if (telling == Telling.AtOnce)
            await Tell(_ => true);
        if (telling == Telling.Shuffled)
            await Tell(_ => hear.Next(3) == 0);
        if (telling == Telling.BySweep || telling == Telling.Shuffled && hear.Next(3) == 0)
            await shop.SweepNow(TimeSpan.FromHours(2));
        return await holds();
    }, $"{telling}: {what}");

    private async Task Tell(Func<JsonNode, bool> which)
    {
        var now = (await Announced()).Where(e => !_told.Contains((long)e!["id"]!) && which(e)).Select(e => e!).ToList();
        if (telling == Telling.Shuffled)
            now = [.. now.OrderBy(_ => hear.Next())];
        foreach (var e in now)
        {
            await Deliver(e);
            if (telling == Telling.AtOnce)
                await Deliver(e);
        }
    }

    private async Task Deliver(JsonNode e)
    {
        _told.Add((long)e["id"]!);
        await shop.Deliver(Encoding.UTF8.GetBytes((string)e["body"]!), (string)e["signature"]!, host: shop.Selling.Shop.Slug).Is(200);
    }

    private async Task<JsonArray> Announced() => (await shop.Paystack.GetAsync("/sandbox/webhooks").Is(200))["data"]!.AsArray();

    private Task Move(JsonNode refund, string status) => shop.Switch(HttpMethod.Post, $"refunds/{refund}", new { status });

    /// <summary>Our request of Paystack's refund, as the office sees it.</summary>
    private async Task<JsonNode?> Ours(JsonNode refund)
    {
        await using var command = cells.Ops.CreateCommand("SELECT id FROM payments.refund_request WHERE tenant_id = $1 AND paystack_refund_id = $2");
        command.Parameters.Add(new() { Value = shop.Tenant });
        command.Parameters.Add(new() { Value = (decimal)(long)refund });
        return await command.ExecuteScalarAsync() is Guid id
            ? (await shop.Office.GetAsync("/api/payments/refunds?limit=200").Is(200))["items"]!.AsArray().Single(row => (Guid)row!["id"]! == id) : null;
    }

    private async Task<bool> Booked(string kind, Guid source) =>
        await Count($"payments.ledger_entry WHERE tenant_id = $1 AND source_kind = '{kind}' AND source_id = $2", source) > 0;

    private Task<long> Count(string sql, params object[] values) => shop.Count(sql, [shop.Tenant, .. values]);

    /// <summary>Entries come; none is ever another than it was, and none goes.</summary>
    private async Task NothingWasChanged()
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in await LedgerBooks.Entries(cells, shop.Tenant))
            now.Add($"{entry.Kind} {entry.Source} {entry.Account}", string.Create(CultureInfo.InvariantCulture, $"{entry}"));
        Assert.All(_entries, before => Assert.Equal(before.Value, now.GetValueOrDefault(before.Key)));
        _entries = now;
    }

    private static string Key() => SellingShop.NewId().ToString();
}
