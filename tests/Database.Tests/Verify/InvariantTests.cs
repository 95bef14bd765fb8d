using WebWaka.Tool.Verify;

namespace WebWaka.Database.Tests.Verify;

/// <summary>Each clause of each invariant is seen to fail: the fault is put into a copy of a sold-in database, past all guards.</summary>
public sealed class InvariantTests(SoldDatabase sold)
{
    public static IEnumerable<TheoryDataRow<int, string>> Faults() =>
        Fault.All.Select((fault, i) => new TheoryDataRow<int, string>(i, $"{fault.Invariant} {fault.Says}"));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_found_by_its_invariant_and_by_no_other(int number, string what)
    {
        var fault = Fault.All[number];
        await using var copy = await sold.Take();
        await copy.Run($"SET session_replication_role = replica; {fault.Sql}");

        var findings = await Verification.Check(copy.Ops, CancellationToken.None);

        var failed = findings.Where(finding => !finding.Holds).ToList();
        Assert.Contains(failed.SelectMany(finding => finding.Faults), said => said.StartsWith(fault.Says, StringComparison.Ordinal));
        Assert.Equal(
            string.Join(' ', $"{fault.Invariant} {fault.Also}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)),
            string.Join(' ', failed.Select(finding => finding.Name).Order(StringComparer.Ordinal)));
        Assert.True(failed.Single(finding => finding.Name == fault.Invariant).Faults.Any(said => said.StartsWith(fault.Says, StringComparison.Ordinal)), what);
        Assert.Equal(1, Verification.ExitCode(findings));
    }

    [Fact]
    public void Every_check_has_a_fault_that_it_finds() => Assert.All(
        Invariants.All.Where(check => check.What != "a role that row-level security does not bind"),
        check => Assert.Contains(Fault.All, fault =>
            fault.Invariant == check.Name && $"{check.What}:".StartsWith(fault.Says.Split(':')[0], StringComparison.Ordinal)));

    [Fact]
    public async Task What_was_sold_holds_every_invariant_and_has_put_each_to_the_test()
    {
        await using var copy = await sold.Take();

        var findings = await Verification.Check(copy.Ops, CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"I{i}"), findings.Select(finding => finding.Name));
        Assert.All(findings, finding => Assert.True(finding.Holds && finding.Checked > 0, $"{finding.Name}: {finding.Checked} {finding.Example}"));
        Assert.Equal(0, Verification.ExitCode(findings));
    }

    [Fact]
    public async Task Where_nothing_was_sold_each_invariant_says_that_it_has_nothing_to_check()
    {
        await using var copy = await sold.Take();
        await copy.Run("""
            SET session_replication_role = replica;
            DO $$ DECLARE t record; BEGIN
                FOR t IN SELECT schemaname, tablename FROM pg_tables
                    WHERE schemaname = ANY ('{identity,inventory,promotions,tax,transaction,payments,history}') LOOP
                    EXECUTE format('TRUNCATE %I.%I CASCADE', t.schemaname, t.tablename);
                END LOOP; END $$
            """);

        var findings = await Verification.Check(copy.Ops, CancellationToken.None);

        Assert.All(findings, finding => Assert.True(finding.Holds, finding.Example));
        Assert.Equal("I5", Assert.Single(findings, finding => finding.Verdict == "holds").Name);
        Assert.All(findings.Where(finding => finding.Name != "I5"), finding => Assert.Equal("holds (there is none yet)", finding.Verdict));
    }
}
