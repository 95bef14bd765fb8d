using System.Text;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class SignatureTests
{
    const string Key = "sk_test_webwaka";

    static string Folder => Path.Combine(AppContext.BaseDirectory, "webhooks");

    static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t'));

    public static TheoryData<string, string> Accepted()
    {
        var data = new TheoryData<string, string>();
        foreach (var row in Rows("signatures.tsv"))
            data.Add(row[0], row[3]);
        return data;
    }

    public static TheoryData<string, string, string> Refused()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var row in Rows("signatures-negative.tsv"))
            data.Add(row[0], row[1], row[2]);
        return data;
    }

    [Fact]
    public void Every_sample_is_there() => Assert.Equal((16, 11), (Accepted().Count, Refused().Count));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_signature_of_a_sample_is_accepted(string file, string signature)
    {
        Assert.True(PaystackSignature.Verify(Bytes(file), signature, Key));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_wrong_signature_is_refused(string file, string why, string signature)
    {
        Assert.False(PaystackSignature.Verify(Bytes(file), signature, Key), why);
    }

    [Fact]
    public void A_missing_signature_or_one_that_is_not_hex_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("{}");
        Assert.False(PaystackSignature.Verify(body, null, Key));
        Assert.False(PaystackSignature.Verify(body, new string('z', 128), Key));
        Assert.False(PaystackSignature.Verify(body, new string('0', 100_000), Key));
    }

    static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));
}
