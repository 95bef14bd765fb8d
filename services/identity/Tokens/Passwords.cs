using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WebWaka.Identity.Staff;

namespace WebWaka.Identity.Tokens;

/// <summary>
/// ASP.NET Core Identity's password hasher, without its UserManager: that one loads, checks and saves in several transactions
/// of its own, and counts wrong passwords without a lock, so that parallel guesses pass its lockout.
/// </summary>
internal sealed class Passwords
{
    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA-512.</summary>
    private const int Iterations = 210_000;

    public const int Shortest = 8;
    public const int Longest = 200;

    private readonly PasswordHasher<StaffRow> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    /// <summary>One check at a time for each core: a flood of sign-ins queues here and not on the Cell's connections.</summary>
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    private readonly string _nobodys;

    public Passwords() => _nobodys = _hasher.HashPassword(user: null!, Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString());

    public string Hash(string password) => _hasher.HashPassword(user: null!, password);

    public bool Matches(string hash, string password) =>
        _hasher.VerifyHashedPassword(user: null!, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>Takes as long as a real check, so that nobody learns by the clock who exists.</summary>
    public void MatchNobody(string password) => Matches(_nobodys, password);

    public async Task<T> InTurn<T>(Func<Task<T>> check, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await check();
        }
        finally
        {
            _turns.Release();
        }
    }
}
