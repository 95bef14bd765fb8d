namespace WebWaka.Contracts.Tax;

/// <summary>A tenant's tax and fee rules as they now are. Full state: apply only a newer <c>Version</c>.</summary>
/// <param name="Document">The rules as JSON, as <c>WebWaka.Pricing</c> reads them.</param>
public sealed record TaxRulesChanged(long Version, string Document);
