using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Identity.Settings;
using WebWaka.Identity.Staff;
using WebWaka.Identity.Stores;
using WebWaka.Identity.Tokens;

namespace WebWaka.Identity.Tenants;

/// <summary>A new tenant, with its owner, a first store and a first till. On the platform's host, by anybody.</summary>
internal static class SignUp
{
    public sealed record OwnerDto(string Name, string Email, string Password);

    public sealed record Request(
        string Slug, string Name, string Country, OwnerDto Owner, string? Currency = null, string? TimeZone = null,
        bool? PricesIncludeTax = null, string? StoreName = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), Rules.Text("owner.name", Owner.Name, 100), Rules.Email("owner.email", Owner.Email),
            Rules.Password("owner.password", Owner.Password), Rules.Currency("currency", Currency), Rules.TimeZone("timeZone", TimeZone),
            Rules.Text("storeName", StoreName, 100, optional: true)) ?? Tenants.Slug.Check(Slug);
    }

    public sealed record Answer(Guid Id, string Slug, string Url);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tenants", Handle)
        .AllowAnonymous().WithName(nameof(SignUp)).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        Request request, IdempotencyKey key, DirectoryDb directory, IdentityDb db, Passwords passwords, RootSecret root,
        IConfiguration configuration, HttpRequest http, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        if (Country.Find(request.Country) is not { } country)
            return Problems.CountryUnknown.ToHttp();
        var hash = await passwords.InTurn(() => Task.FromResult(passwords.Hash(request.Owner.Password)), ct);
        var comparable = request with { Owner = request.Owner with { Password = root.Mac(request.Owner.Password) } };
        var url = UrlOf(request.Slug, http.Headers, TokenAccess.IssuerOf(configuration));
        while (true)
        {
            var id = await directory.Tenants.Where(t => t.SignUpKey == key.Value).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct) ?? db.NewId();
            var overtaken = false;
            var answer = await db.Once<Request, Answer>(id, nameof(SignUp), key, comparable, StatusCodes.Status201Created, async () =>
            {
                var tenant = new TenantRow { Id = id, Slug = request.Slug, Version = 1, SignUpKey = key.Value, CreatedAt = db.Now };
                if (!await Claim(db, tenant, ct))
                {
                    overtaken = await db.Tenants.AnyAsync(t => t.SignUpKey == key.Value, ct);
                    return Problems.SlugTaken;
                }

                Furnish(db, tenant, request, country.On(DateOnly.FromDateTime(db.Now.UtcDateTime)), hash);
                return new Answer(id, request.Slug, url);
            }, ct);
            // The same sign-up, sent twice at once: the first has made the tenant whose stored answer this one gets.
            if (!overtaken)
                return answer;
        }
    }

    private static async Task<bool> Claim(IdentityDb db, TenantRow tenant, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO tenant (id, slug, status, version, sign_up_key, created_at)
            VALUES ({tenant.Id}, {tenant.Slug}, {tenant.Status}, {tenant.Version}, {tenant.SignUpKey}, {tenant.CreatedAt}) ON CONFLICT DO NOTHING
            """, ct) == 1;

    private static void Furnish(IdentityDb db, TenantRow tenant, Request request, Country.Pack pack, string passwordHash)
    {
        var settings = new SettingsRow
        {
            Name = request.Name, Country = request.Country, Currency = request.Currency ?? pack.Currency,
            TimeZone = request.TimeZone ?? pack.TimeZone, DayCutoff = pack.DayCutoff,
            PricesIncludeTax = request.PricesIncludeTax ?? pack.PricesIncludeTax, Language = pack.Language,
        };
        var store = new StoreRow { Id = db.NewId(), Code = "S01", Name = request.StoreName ?? request.Name };
        var till = new TillRow { Id = db.NewId(), StoreId = store.Id, Code = "T01", Name = "Till 1" };
        db.AddRange(settings, store, till, new StaffRow
        {
            Id = db.NewId(), Name = request.Owner.Name, Email = request.Owner.Email, EmailKey = StaffRow.KeyOf(request.Owner.Email),
            PasswordHash = passwordHash, Role = "owner",
        });
        db.Publish(settings.ToEvent(tenant));
        db.Publish(store.ToEvent(settings));
        db.Publish(till.ToEvent());
    }

    /// <summary>
    /// Where the tenant will be: its label before the platform's host, by the scheme and the port that this caller came by, as the
    /// gateway says. A shop on its own network has no TLS and a port.
    /// </summary>
    private static string UrlOf(string slug, IHeaderDictionary headers, string issuer)
    {
        var root = new UriBuilder(issuer);
        var called = HostString.FromUriComponent(headers["X-Forwarded-Host"].ToString());
        if (headers["X-Forwarded-Proto"].ToString() is ("http" or "https") and var scheme && called.HasValue && called.Host == root.Host)
            (root.Scheme, root.Port) = (scheme, called.Port ?? -1);
        root.Host = $"{slug}.{root.Host}";
        return root.Uri.ToString();
    }
}
