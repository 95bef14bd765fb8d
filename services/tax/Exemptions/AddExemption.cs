using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Exemptions;

/// <summary>Keeps a customer's certificate. From its first day on no tax it is for is charged to the customer.</summary>
internal static class AddExemption
{
    /// <param name="CertificateId">The number on the paper.</param>
    /// <param name="ValidFrom">Its first instant, the store's local time without an offset.</param>
    /// <param name="ValidTo">The instant it has ended; absent: never.</param>
    /// <param name="Taxes">Codes of the taxes it is for; absent or empty: all.</param>
    internal sealed record Request(
        Guid CustomerId, string CertificateId, DateTime ValidFrom, DateTime? ValidTo = null, string[]? Taxes = null, Guid? Id = null);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/exemptions", Handle).RequirePermission(Permissions.EditTax)
        .WithName(nameof(AddExemption)).Produces<ExemptionAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, Caller caller, TaxDb db, HttpContext http, CancellationToken ct)
    {
        if (Certificates.Fault(request.CertificateId, request.ValidFrom, request.ValidTo, request.Taxes) is { } fault)
            return CommonProblems.InvalidRequest.With(fault).ToHttp();
        var outcome = await db.InTenant<ExemptionRow>(caller.TenantId, async () =>
        {
            if (await Certificates.LockRules(db, ct) is not { } rules)
                return Problems.NoTaxRules;
            var id = request.Id ?? db.NewId();
            if (await db.Exemptions.AnyAsync(
                row => row.Id == id
                    || row.CustomerId == request.CustomerId && row.CertificateId == request.CertificateId && row.ValidFrom == request.ValidFrom, ct))
                return Problems.CertificateTaken;
            var row = new ExemptionRow
            {
                Id = id, CustomerId = request.CustomerId, CertificateId = request.CertificateId, ValidFrom = request.ValidFrom,
                ValidTo = request.ValidTo, Taxes = request.Taxes ?? [], Version = 1,
            };
            db.Exemptions.Add(row);
            return await Certificates.Publish(db, rules, ct) is { } problem ? problem : row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Created($"/api/tax/exemptions/{row.Id}", ExemptionAnswer.Of(row));
        });
    }
}
