namespace WebWaka.Pricing;

/// <summary>What whoever makes a cart looks up in the rules.</summary>
public sealed partial record RuleBook
{
    /// <summary>The zones of a store, null where it is in none.</summary>
    public string[]? ZonesOf(Guid store)
    {
        if (Zones.Length == 0) return null;
        string[] here = [.. Zones.Where(zone => zone.Stores.Contains(store)).Select(zone => zone.Code).Order(StringComparer.Ordinal)];
        return here.Length == 0 ? null : here;
    }

    /// <summary>The customer's certificate at this store-local time: of several the one for all taxes, then the latest, then by its
    /// id.</summary>
    public TaxExemption? ExemptionOf(Guid customer, DateTime local)
    {
        TaxExemption? best = null;
        foreach (var (owner, paper) in Exemptions ?? [])
        {
            if (owner != customer || paper.ValidFrom > local || paper.ValidTo <= local) continue;
            if (best is null || Before(paper, best)) best = paper;
        }

        return best;
    }

    static bool Before(TaxExemption one, TaxExemption other)
    {
        var (all, alsoAll) = (one.Taxes is not { Length: > 0 }, other.Taxes is not { Length: > 0 });
        if (all != alsoAll) return all;
        return one.ValidFrom != other.ValidFrom
            ? one.ValidFrom > other.ValidFrom
            : string.CompareOrdinal(one.CertificateId, other.CertificateId) < 0;
    }
}
