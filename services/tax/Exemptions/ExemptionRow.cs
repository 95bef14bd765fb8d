using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax.Exemptions;

/// <summary>A customer's certificate: between its dates, store-local and half-open, the taxes it is for are not charged.</summary>
internal sealed class ExemptionRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid CustomerId { get; init; }

    /// <summary>The number on the paper: the evidence that a sale keeps.</summary>
    public required string CertificateId { get; init; }

    public DateTime ValidFrom { get; set; }
    public DateTime? ValidTo { get; set; }

    /// <summary>Codes of taxes; empty: all.</summary>
    public string[] Taxes { get; set; } = [];

    public long Version { get; set; }

    public CustomerExemption Rule() => new(CustomerId, new TaxExemption(CertificateId, ValidFrom, ValidTo, Taxes.Length == 0 ? null : Taxes));
}

/// <param name="Taxes">Codes of taxes; empty: all.</param>
/// <param name="Version">Also the ETag.</param>
internal sealed record ExemptionAnswer(
    Guid Id, Guid CustomerId, string CertificateId, DateTime ValidFrom, DateTime? ValidTo, string[] Taxes, long Version)
{
    public static ExemptionAnswer Of(ExemptionRow row) => new(
        row.Id, row.CustomerId, row.CertificateId, row.ValidFrom, row.ValidTo, row.Taxes, row.Version);
}

/// <summary>
/// Certificates travel inside the tenant's rules, so that whoever prices a cart has them at the same version
/// (docs/decisions/0039).
/// </summary>
internal static class Certificates
{
    /// <summary>What one document of rules can carry.</summary>
    public const int Most = 2_000;
    private const int MaxTaxes = 40;
    private const int MaxText = 100;

    /// <summary>A sale made offline may come long after its certificate has ended.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static string? Fault(string certificateId, DateTime validFrom, DateTime? validTo, string[]? taxes) =>
        Overrides.Text("certificateId", certificateId, required: true)
        ?? Overrides.Local("validFrom", validFrom) ?? Overrides.Local("validTo", validTo)
        ?? (validTo <= validFrom ? "validTo: after validFrom" : null)
        ?? (taxes is { Length: > MaxTaxes } || taxes?.Any(code => string.IsNullOrWhiteSpace(code) || code.Length > MaxText) == true
            ? $"taxes: at most {MaxTaxes} codes" : null);

    /// <summary>The tenant's rules, locked: two certificates at once wait for each other rather than lose one.</summary>
    public static Task<TaxRulesRow?> LockRules(TaxDb db, CancellationToken ct) => db.TaxRules
        .FromSql($"SELECT * FROM tax_rules WHERE tenant_id = {db.Tenant} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>Puts all certificates that may still be needed into the next version of the rules.</summary>
    public static async Task<Problem?> Publish(TaxDb db, TaxRulesRow rules, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        var since = DateTime.SpecifyKind((db.Now - Kept).DateTime, DateTimeKind.Unspecified);
        var rows = await db.Exemptions.AsNoTracking().Where(row => row.ValidTo == null || row.ValidTo > since)
            .OrderBy(row => row.Id).Take(Most + 1).ToListAsync(ct);
        if (rows.Count > Most)
            return Problems.TooManyCertificates.With($"at most {Most} that have not ended");
        rules.Restate(rules.Rules with { Exemptions = [.. rows.Select(row => row.Rule())] });
        db.Publish(rules.Event());
        return null;
    }
}
