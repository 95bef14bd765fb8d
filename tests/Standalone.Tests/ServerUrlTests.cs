using Npgsql;
using StackExchange.Redis;

namespace WebWaka.Standalone.Tests;

public sealed class ServerUrlTests
{
    [Theory]
    [InlineData("postgres://app:s3cret@db.example:6432/shop", "db.example", 6432, "app", "s3cret", "shop")]
    [InlineData("postgresql://app:p%40ss%2Fw%3Ard@db.example/shop", "db.example", 5432, "app", "p@ss/w:rd", "shop")]
    [InlineData("postgres://app@[::1]:5433", "::1", 5433, "app", null, "webwaka")]
    [InlineData("Host=db.example;Port=6432;Username=app;Password='a;b';Database=shop", "db.example", 6432, "app", "a;b", "shop")]
    public void A_database_is_read_in_each_form(string given, string host, int port, string user, string? password, string database)
    {
        NpgsqlConnectionStringBuilder read = new(ServerUrls.Postgres(given));
        Assert.Equal((host, port, user, password, database), (read.Host, read.Port, read.Username, read.Password, read.Database));
    }

    [Fact]
    public void The_parameters_of_a_database_url_are_kept()
    {
        NpgsqlConnectionStringBuilder read = new(ServerUrls.Postgres(
            "postgres://a:b@h/d?sslmode=verify-full&application_name=shop%201&connect_timeout=7&sslrootcert=%2Fca.pem&target_session_attrs=read-write"));
        Assert.Equal((SslMode.VerifyFull, "shop 1", 7, "/ca.pem"), (read.SslMode, read.ApplicationName, read.Timeout, read.RootCertificate));
        Assert.Equal("read-write", read.TargetSessionAttributes);
    }

    [Theory]
    [InlineData("postgres://a:b@h/d", GssEncryptionMode.Disable)]
    [InlineData("Host=h;GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Kerberos_is_tried_only_where_it_is_asked_for(string given, GssEncryptionMode mode) =>
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(ServerUrls.Postgres(given)).GssEncryptionMode);

    [Theory]
    [InlineData("mysql://a:hunter2@h/d")]
    [InlineData("postgres://a:hunter2#x@h:port/d")]
    [InlineData("postgres://a:hunter2@h/d?sslmode=perhaps")]
    [InlineData("postgres://a:hunter2@h/d?pgbouncer=true")]
    [InlineData("postgres://a:hunter2@h/d?sslmode")]
    [InlineData("Password=hunter2")]
    [InlineData("hunter2")]
    [InlineData("Host=h;Passwort=hunter2")]
    public void A_malformed_database_is_refused_in_one_line_without_its_password(string given)
    {
        var refused = Assert.Throws<StartException>(() => ServerUrls.Postgres(given));
        Assert.StartsWith("DATABASE_URL cannot be read: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_redis_url_is_read_with_tls_user_password_and_database()
    {
        var read = ConfigurationOptions.Parse(ServerUrls.Redis("rediss://app:p%40ss@cache.example:6390/3"));
        Assert.Equal("cache.example:6390", Assert.Single(read.EndPoints).ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal));
        Assert.Equal((true, "app", "p@ss", 3), (read.Ssl, read.User, read.Password, read.DefaultDatabase));
        Assert.Equal("cache.example:6379,password=x", ServerUrls.Redis("cache.example:6379,password=x"));
    }

    [Theory]
    [InlineData("http://:hunter2@h")]
    [InlineData("redis://:hunter2@h/first")]
    [InlineData("password=hunter2")]
    public void A_malformed_redis_is_refused_in_one_line_without_its_password(string given)
    {
        var refused = Assert.Throws<StartException>(() => ServerUrls.Redis(given));
        Assert.StartsWith("REDIS_URL cannot be read: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "localhost")]
    [InlineData("Example.com", "example.com")]
    [InlineData("pos.lan:8080", "pos.lan")]
    [InlineData("192.168.1.10.sslip.io", "192.168.1.10.sslip.io")]
    public void A_root_domain_is_a_name_and_its_port_is_left_off(string? given, string name) => Assert.Equal(name, StartSettings.RootDomain(given));

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("example.com/")]
    [InlineData(".example.com")]
    [InlineData("192.168.1.10")]
    [InlineData("example.com:http")]
    public void What_is_no_root_domain_is_refused(string given) =>
        Assert.StartsWith("NEXT_PUBLIC_ROOT_DOMAIN is no domain", Assert.Throws<StartException>(() => StartSettings.RootDomain(given)).Message);
}
