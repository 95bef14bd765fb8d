using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Tax;

/// <summary>Every problem that this Cell can answer beside the common ones.</summary>
internal static class Problems
{
    public static readonly Problem TaxRulesInvalid = new("tax_rules_invalid", StatusCodes.Status400BadRequest, "These tax rules cannot price anything");
    public static readonly Problem NoTaxRules = new(
        "no_tax_rules", StatusCodes.Status409Conflict, "There are no tax rules yet",
        "They come with the tenant's settings. Until then give each line its taxes.");
    public static readonly Problem PackUnknown = new("pack_unknown", StatusCodes.Status404NotFound, "There is no such tax pack");
    public static readonly Problem PackOfOtherCountry = new(
        "pack_of_other_country", StatusCodes.Status409Conflict, "This tax pack is for another country");
    public static readonly Problem TaxClassInUse = new(
        "tax_class_in_use", StatusCodes.Status409Conflict, "Products are in a tax class that would be gone");
    public static readonly Problem CertificateTaken = new(
        "certificate_taken", StatusCodes.Status409Conflict, "The customer has this certificate from that day already");
    public static readonly Problem TooManyCertificates = new(
        "too_many_certificates", StatusCodes.Status409Conflict, "There are as many certificates as can be kept");
    public static readonly Problem CannotBePriced = new("cannot_be_priced", StatusCodes.Status400BadRequest, "The cart cannot be priced");

    /// <summary>Pricing's own code goes along as <c>reason</c>.</summary>
    public static Problem Because(this Problem problem, PricingFailure failure)
    {
        var said = problem.With(failure.Line is { } line ? $"lines[{line - 1}]: {failure.Detail}" : failure.Detail);
        return said.With("reason", failure.Code);
    }
}
