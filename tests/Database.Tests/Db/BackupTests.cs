using System.Text.Json.Nodes;
using Npgsql;
using WebWaka.Cells.Tests;
using WebWaka.Cells.Tests.Identity;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Tool.Db.Compare;
using WebWaka.Tool.Db.Copies;
using WebWaka.Tool.Verify;

namespace WebWaka.Database.Tests.Db;

/// <summary>What was backed up comes back, by each way, and the system goes on selling with it.</summary>
public sealed class BackupTests(SoldDatabase sold)
{
    [Theory]
    [InlineData(Manifest.Copy)]
    [InlineData(Manifest.PgDump)]
    public async Task What_is_restored_is_what_was_there_and_sells_on(string way)
    {
        await using var copy = await sold.Take();
        await copy.Run(Oddities);
        using var folder = new Folder();
        var said = await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", way).Ok();
        Assert.Contains("Keep NEXTAUTH_SECRET", said.Output, StringComparison.Ordinal);
        var backup = Assert.Single(folder.Backups);
        string? restored = null;

        await using var system = new CellsFixture
        {
            SigningKey = sold.SigningKey,
            Fill = admin =>
            {
                restored = admin;
                return Tool.Run(sold, admin, "db", "restore", backup).Ok();
            },
        };
        await system.InitializeAsync();

        await using var database = NpgsqlDataSource.Create(restored!);
        await SellOn(system);
        Assert.All(await AtRest(system), finding => Assert.True(finding.Holds, $"{finding.Name}: {string.Join("; ", finding.Faults)}"));
        Assert.Empty(await DbVerify.Compare(restored!, CancellationToken.None));
    }

    [Theory]
    [InlineData(Manifest.Copy)]
    [InlineData(Manifest.PgDump)]
    public async Task Every_row_and_every_sequence_is_the_same(string way)
    {
        await using var copy = await sold.Take();
        await copy.Run(Oddities);
        using var folder = new Folder();
        await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", way).Ok();
        await using var empty = await sold.Empty();

        var said = await Tool.Run(sold, empty.Admin, "db", "restore", Assert.Single(folder.Backups)).Ok();

        Assert.Contains("webwaka verify", said.Output, StringComparison.Ordinal);
        Assert.Equal(await Contents.Of(copy.Source), await Contents.Of(empty.Source));
        Assert.Empty(await DbVerify.Compare(empty.Admin, CancellationToken.None));
        Assert.All(await Verification.Check(empty.Ops, CancellationToken.None), finding => Assert.True(finding.Holds, $"{finding.Name}: {finding.Example}"));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_restored_and_then_migrated()
    {
        await using var copy = await sold.Take();
        await new MigrateTests(sold).GoBack(copy);
        using var folder = new Folder();
        await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", Manifest.Copy).Ok();
        await using var empty = await sold.Empty();

        await Tool.Run(sold, empty.Admin, "db", "restore", Assert.Single(folder.Backups)).Ok();

        Assert.Empty(await DbVerify.Compare(empty.Admin, CancellationToken.None));
        Assert.Equal(await copy.Run("SELECT count(*) FROM transaction.sale"), await empty.Run("SELECT count(*) FROM transaction.sale"));
    }

    [Theory]
    [InlineData(Manifest.Copy)]
    [InlineData(Manifest.PgDump)]
    public async Task A_backup_while_stock_moves_is_of_one_moment(string way)
    {
        await using var copy = await sold.Take();
        // Much of what is read before the levels, so that they move meanwhile.
        await copy.Run("""
            INSERT INTO identity.outbox (tenant_id, event_id, type, payload, at)
            SELECT gen_random_uuid(), gen_random_uuid(), 'Padding', repeat(md5(i::text), 40), now() FROM generate_series(1, 20000) i
            """);
        using var folder = new Folder();
        using var done = new CancellationTokenSource();
        var moving = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                await copy.Run(MoveStock);
        });

        await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", way).Ok();

        await done.CancelAsync();
        await moving;
        await using var empty = await sold.Empty();
        await Tool.Run(sold, empty.Admin, "db", "restore", Assert.Single(folder.Backups)).Ok();
        var stock = (await Verification.Check(empty.Ops, CancellationToken.None)).Single(finding => finding.Name == "I3");
        Assert.True(stock.Holds, stock.Example);
        Assert.True((long)(await empty.Run("SELECT count(*) FROM inventory.stock_movement WHERE reason = 'moving'"))! > 0, "nothing moved");
    }

    /// <summary>A movement and its level in one transaction, as the Cell does it.</summary>
    private const string MoveStock = """
        WITH m AS (INSERT INTO inventory.stock_movement (tenant_id, id, store_id, product_id, quantity, kind, source_id, line, reason, at, by)
            SELECT tenant_id, gen_random_uuid(), store_id, product_id, 1, 'adjustment', gen_random_uuid(), 1, 'moving', now(), gen_random_uuid()
            FROM inventory.stock_level RETURNING tenant_id, store_id, product_id)
        UPDATE inventory.stock_level l SET on_hand = on_hand + 1 FROM m
        WHERE m.tenant_id = l.tenant_id AND m.store_id = l.store_id AND m.product_id = l.product_id
        """;

    /// <summary>Nulls, empty and odd texts, all bytes, arrays and documents with what a text format must escape.</summary>
    private const string Oddities = """
        UPDATE transaction.product SET barcodes = ARRAY['', 'NULL', '\N', E'tab\t', E'line\nline', '"quoted"', '{braces,}', '漢字 🛒', 'a\b'];
        UPDATE inventory.stock_movement SET reason = CASE line WHEN 1 THEN E'\\N\\.\n\r\t\\ ''x'' "y" ✓ ٣' ELSE '' END;
        UPDATE payments.webhook_event SET note = NULL, body = decode(string, 'hex')
            FROM (SELECT string_agg(lpad(to_hex(i), 2, '0'), '' ORDER BY i) AS string FROM generate_series(0, 255) i) bytes;
        UPDATE transaction.idempotency SET fingerprint = ''::bytea WHERE route LIKE 'sales/%';
        SELECT nextval('tax.outbox_id_seq'), setval('history.dead_letter_id_seq', 4711, true);
        """;

    /// <summary>As before: the same answer to a sale sent again, the owner's password, and a new shop.</summary>
    private async Task SellOn(CellsFixture system)
    {
        var (id, (tenant, body, answer)) = sold.Sales.First();
        using var till = new Shop(system) { Tenant = tenant }.Client("transaction", "supervisor");
        using var again = await till.Post("/api/sales", body, id.ToString());
        Assert.Equal((201, answer), ((int)again.StatusCode, await again.Content.ReadAsStringAsync()));

        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "password"), new("client_id", "till"), new("username", sold.Owner.Email), new("password", NewShop.Password),
        ]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = form };
        request.Headers.Add("X-Tenant-Slug", sold.Owner.Slug);
        using var identity = new HttpClient { BaseAddress = system.AddressOf("identity") };
        Assert.NotEmpty((string)(await identity.SendAsync(request).Is(200))["access_token"]!);

        var shop = await SellingShop.Open(system);
        var cart = await shop.Cart("WELCOME10");
        Assert.Equal("completed", (string?)(await shop.Cashier.Post("/api/sales", cart.Body, cart.Id.ToString()).Is(201))["status"]);
    }

    private static async Task<IReadOnlyList<Verification.Finding>> AtRest(CellsFixture system)
    {
        for (var tries = 0; ; tries++)
        {
            var findings = await Verification.Check(system.ConnectionOf("webwaka_ops"), CancellationToken.None);
            if (findings.All(finding => finding.Holds) || tries == 100)
                return findings;
            await Task.Delay(100);
        }
    }
}
