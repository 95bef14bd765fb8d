namespace WebWaka;

/// <summary>
/// The names by which the parts find each other: resources, connection strings, variables. One file, linked into
/// AppHost and used by the services, so that neither can drift from the other.
/// </summary>
public static class Wiring
{
    public const string Postgres = "postgres";
    public const string Database = "webwaka";
    public const string Redis = "redis";
    public const string RabbitMq = "rabbitmq";
    public const string Gateway = "gateway";
    public const string Web = "web";
    public const string PaystackSandbox = "paystack-sandbox";
    public const string DbPush = "db-push";

    /// <summary>Where the gateway answers on a developer's machine.</summary>
    public const int GatewayPort = 8080;

    public const string Transaction = "transaction";
    public const string History = "history";
    public const string Inventory = "inventory";
    public const string Promotions = "promotions";
    public const string Tax = "tax";
    public const string Payments = "payments";
    public const string Identity = "identity";

    /// <summary>Every Cell: its deployed name is its schema, role prefix, queue prefix, image and Kubernetes name.</summary>
    public static readonly string[] Cells = [Identity, Inventory, Promotions, Tax, Transaction, Payments, History];

    /// <summary>The connection string of the role that may read outbox rows of all tenants, and nothing else.</summary>
    public static string RelayOf(string cell) => $"{cell}-relay";

    /// <summary>The role that a Cell logs in as: its own tables under row-level security, and it owns none of them.</summary>
    public static string AppRole(string cell) => $"{cell}_app";

    /// <summary>The role that hands a Cell's events on.</summary>
    public static string RelayRole(string cell) => $"{cell}_relay";

    /// <summary>The connection string of the role that may see every tenant's rows: dumps, backfills, <c>webwaka verify</c>.</summary>
    public const string Ops = "ops";
    public const string OpsRole = "webwaka_ops";

    public static class Variables
    {
        public const string DatabaseUrl = "DATABASE_URL";
        public const string RedisUrl = "REDIS_URL";
        public const string RabbitMqUrl = "RABBITMQ_URL";
        public const string PaystackPublicKey = "PAYSTACK_PUBLIC_KEY";
        public const string PaystackSecretKey = "PAYSTACK_SECRET_KEY";
        public const string PaystackBaseUrl = "PAYSTACK_BASE_URL";
        public const string WebhookSecret = "WEBHOOK_SECRET";
        public const string RootSecret = "NEXTAUTH_SECRET";
        public const string RootDomain = "NEXT_PUBLIC_ROOT_DOMAIN";
        public const string Issuer = "WEBWAKA_ISSUER";
        public const string SentryDsn = "SENTRY_DSN";
        public const string Environment = "ASPNETCORE_ENVIRONMENT";

        /// <summary>Where a test has the process killed: Failpoints.cs. Refused in Production.</summary>
        public const string Failpoint = "WEBWAKA_FAILPOINT";

        /// <summary>The folder of the web build that the gateway serves.</summary>
        public const string WebRoot = "WebRoot";

        /// <summary>Where the Paystack sandbox sends its webhooks.</summary>
        public const string SandboxWebhookUrl = "PaystackSandbox__WebhookUrl";
    }
}
