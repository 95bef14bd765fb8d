using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Transaction.Copies;

/// <summary>
/// Everything that prices a tenant's carts, at one version. Immutable but for the products and coupons met so far, which are
/// of the same version: when it moves, the whole book is thrown away.
/// </summary>
internal sealed record Book(
    long Version, SettingsRow Settings, RuleBook Rules, IReadOnlyDictionary<Guid, StoreRow> Stores, IReadOnlyDictionary<Guid, TillRow> Tills)
{
    public ConcurrentDictionary<string, ProductRow?> Products { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, CouponRow?> Coupons { get; } = new(StringComparer.Ordinal);

    /// <summary>By id; a limit in all stands in the caps.</summary>
    public required IReadOnlyDictionary<Guid, Promotion> Promotions { get; init; }

    /// <summary>Whether a promotion asks for the customer's groups; where none does, nobody looks them up.</summary>
    public required bool AsksForGroups { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }

    public CashRounding? CashRounding => Array.Find(Rules.CashRounding, rounding => rounding.Currency == Settings.Currency);
}

/// <summary>
/// The books of the tenants that sold lately, bounded. A book may be a moment old: a sale is guarded by its version when it is
/// saved, a quote looks at the version again after two seconds.
/// </summary>
internal sealed class Books(TimeProvider clock)
{
    private const int MaxTenants = 2_000;
    private const int MaxProducts = 20_000;
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Guid, Book> _books = new();

    public void Forget(Guid tenant) => _books.TryRemove(tenant, out _);

    /// <summary>The tenant's book, or null when the tenant has no settings here yet.</summary>
    /// <param name="fresh">Look at the version in the database first unless that was done moments ago.</param>
    public async ValueTask<Book?> Get(TransactionDb db, Guid tenant, bool fresh, CancellationToken ct)
    {
        if (_books.TryGetValue(tenant, out var book) && (!fresh || clock.GetUtcNow() - book.LoadedAt < Trusted))
            return book;
        var loaded = await db.InTenant<Book?>(tenant, () => Load(db, book, ct), ct);
        if (loaded is null)
            return null;
        if (_books.Count >= MaxTenants)
            _books.Clear();
        return _books[tenant] = loaded;
    }

    private async Task<Book?> Load(TransactionDb db, Book? known, CancellationToken ct)
    {
        // The version first: copies that change while we read make the next save fail its guard, never pass it wrongly.
        var version = await db.RulesVersions.Select(row => (long?)row.Version).SingleOrDefaultAsync(ct);
        if (version is not { } current || await db.Settings.AsNoTracking().SingleOrDefaultAsync(ct) is not { } settings)
            return null;
        if (known?.Version == current)
        {
            var renewed = known with { LoadedAt = clock.GetUtcNow() };
            foreach (var (key, product) in known.Products)
                renewed.Products.TryAdd(key, product);
            foreach (var (key, coupon) in known.Coupons)
                renewed.Coupons.TryAdd(key, coupon);
            return renewed;
        }

        var taxes = await db.TaxRules.AsNoTracking().SingleOrDefaultAsync(ct);
        var promotions = await db.Promotions.AsNoTracking().Where(row => !row.Archived).ToListAsync(ct);
        var loyalty = await db.LoyaltyProgrammes.AsNoTracking().SingleOrDefaultAsync(row => !row.Archived, ct);
        var rules = (taxes is null ? new RuleBook() : JsonSerializer.Deserialize<RuleBook>(taxes.Document, PricingJson.Options)!) with
        {
            PricesIncludeTax = settings.PricesIncludeTax,
            Promotions = [.. promotions.Select(RuleOf)],
            Loyalty = loyalty is null ? null : JsonSerializer.Deserialize<LoyaltyProgramme>(loyalty.Document, PricingJson.Options),
        };
        return new Book(
            current, settings, rules,
            await db.Stores.AsNoTracking().ToDictionaryAsync(row => row.Id, ct), await db.Tills.AsNoTracking().ToDictionaryAsync(row => row.Id, ct))
        {
            Promotions = rules.Promotions.ToDictionary(promotion => promotion.Id),
            AsksForGroups = Array.Exists(rules.Promotions, promotion => promotion.Conditions.CustomerGroups.Length > 0),
            LoadedAt = clock.GetUtcNow(),
        };
    }

    private static Promotion RuleOf(PromotionRow row)
    {
        var rule = JsonSerializer.Deserialize<Promotion>(row.Document, PricingJson.Options)!;
        return row.TotalLimit is { } limit && !(rule.Caps.UsesInTotal <= limit) ? rule with { Caps = rule.Caps with { UsesInTotal = limit } } : rule;
    }

    /// <summary>The products that the lines name, each by the key it was asked by (id, SKU or barcode); null where there is none.</summary>
    public static async Task Meet(
        TransactionDb db, Guid tenant, Book book, IReadOnlyCollection<ProductKey> products, IReadOnlyCollection<string> coupons, CancellationToken ct)
    {
        var newProducts = products.Where(key => !book.Products.ContainsKey(key.Text)).Distinct().ToList();
        var newCoupons = coupons.Where(code => !book.Coupons.ContainsKey(code)).Distinct(StringComparer.Ordinal).ToList();
        if (newProducts.Count == 0 && newCoupons.Count == 0)
            return;
        if (book.Products.Count + newProducts.Count > MaxProducts)
            book.Products.Clear();
        await db.InTenant<Outcome<bool>>(tenant, async () =>
        {
            var ids = newProducts.Where(key => key.Id is not null).Select(key => key.Id!.Value).ToArray();
            var skus = newProducts.Where(key => key.Sku is not null).Select(key => key.Sku!).ToArray();
            var barcodes = newProducts.Where(key => key.Barcode is not null).Select(key => key.Barcode!).ToArray();
            var found = await db.Products.AsNoTracking()
                .Where(row => !row.Archived && (ids.Contains(row.Id) || skus.Contains(row.Sku) || row.Barcodes.Any(code => barcodes.Contains(code))))
                .ToListAsync(ct);
            foreach (var key in newProducts)
                book.Products[key.Text] = found.Find(key.Names);
            var codes = await db.Coupons.AsNoTracking().Where(row => newCoupons.Contains(row.Code) && !row.Archived).ToListAsync(ct);
            foreach (var code in newCoupons)
                book.Coupons[code] = codes.Find(row => row.Code == code);
            return true;
        }, ct);
    }
}

/// <summary>How a line names its product: by exactly one of the three.</summary>
internal readonly record struct ProductKey(Guid? Id, string? Sku, string? Barcode)
{
    public string Text => Id is { } id ? $"i{id}" : Sku is not null ? $"s{Sku}" : $"b{Barcode}";

    public bool Names(ProductRow row) =>
        Id is { } id ? row.Id == id : Sku is not null ? row.Sku == Sku : row.Barcodes.Contains(Barcode, StringComparer.Ordinal);
}
