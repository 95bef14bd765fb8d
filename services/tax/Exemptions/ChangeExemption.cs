using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Exemptions;

/// <summary>Changes a certificate's dates and taxes; to withdraw it, let it end. What was sold by it keeps its number.</summary>
internal static class ChangeExemption
{
    /// <inheritdoc cref="AddExemption.Request"/>
    internal sealed record Request(DateTime ValidFrom, DateTime? ValidTo = null, string[]? Taxes = null);

    public static void Map(RouteGroupBuilder api) => api.MapPut("/exemptions/{id:guid}", Handle).RequirePermission(Permissions.EditTax)
        .WithName(nameof(ChangeExemption)).Produces<ExemptionAnswer>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch match, Caller caller, TaxDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<ExemptionRow>(caller.TenantId, async () =>
        {
            if (await Certificates.LockRules(db, ct) is not { } rules || await db.Exemptions.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (Certificates.Fault(row.CertificateId, request.ValidFrom, request.ValidTo, request.Taxes) is { } fault)
                return CommonProblems.InvalidRequest.With(fault);
            if (match.Raise(row) is { } moved)
                return moved;
            if (await db.Exemptions.AnyAsync(
                other => other.Id != id && other.CustomerId == row.CustomerId && other.CertificateId == row.CertificateId
                    && other.ValidFrom == request.ValidFrom, ct))
                return Problems.CertificateTaken;
            (row.ValidFrom, row.ValidTo, row.Taxes) = (request.ValidFrom, request.ValidTo, request.Taxes ?? []);
            return await Certificates.Publish(db, rules, ct) is { } problem ? problem : row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(ExemptionAnswer.Of(row));
        });
    }
}
