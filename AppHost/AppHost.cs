using System.Security.Cryptography;
using WebWaka;

// The distributed system on one machine: which parts there are and who waits for whom. Names come from Wiring.cs.
// No volumes: each start begins empty, so secrets that last as long as the run will do.
var builder = DistributedApplication.CreateBuilder(args);
var rolePassword = builder.AddParameter("role-password", RandomNumberGenerator.GetHexString(32), secret: true);
var rootSecret = builder.AddParameter("root-secret", RandomNumberGenerator.GetHexString(64), secret: true);
var paystackKey = builder.AddParameter("paystack-key", $"sk_test_{RandomNumberGenerator.GetHexString(32)}", secret: true);

var postgres = builder.AddPostgres(Wiring.Postgres);
var database = postgres.AddDatabase(Wiring.Database);
var redis = builder.AddRedis(Wiring.Redis);
var rabbitMq = builder.AddRabbitMQ(Wiring.RabbitMq).WithManagementPlugin();

// Gives each role that it makes the password that the role's own connection string has.
var push = LogIn(builder.AddProject<Projects.Webwaka>(Wiring.DbPush), Wiring.Ops, Wiring.OpsRole)
    .WithArgs("db", "push").WithEnvironment(Wiring.Variables.DatabaseUrl, $"{database}").WaitFor(database);
foreach (var name in Wiring.Cells)
    LogIn(LogIn(push, name, Wiring.AppRole(name)), Wiring.RelayOf(name), Wiring.RelayRole(name));

var identity = Cell<Projects.Identity>(Wiring.Identity).WithEnvironment(Wiring.Variables.RootSecret, rootSecret);
identity.WithReference(identity); // It reads tokens by the keys that it publishes, as every Cell does.
var inventory = Cell<Projects.Inventory>(Wiring.Inventory).WithReference(identity);
var promotions = Cell<Projects.Promotions>(Wiring.Promotions).WithReference(identity);
var tax = Cell<Projects.Tax>(Wiring.Tax).WithReference(identity);
var history = Cell<Projects.History>(Wiring.History).WithReference(identity);
var transaction = Cell<Projects.Transaction>(Wiring.Transaction).WithReference(identity)
    .WithEnvironment(Wiring.Variables.RootSecret, rootSecret);

// Its address comes from its launch profile.
var sandbox = builder.AddProject<Projects.PaystackSandbox>(Wiring.PaystackSandbox);
var payments = Cell<Projects.Payments>(Wiring.Payments).WithReference(identity).WithReference(sandbox)
    .WithEnvironment(Wiring.Variables.RootSecret, rootSecret)
    .WithEnvironment(Wiring.Variables.PaystackSecretKey, paystackKey)
    .WithEnvironment(Wiring.Variables.PaystackBaseUrl, $"http://{Wiring.PaystackSandbox}");

// The pages call the API on their own host, so they are built, and the gateway serves them.
var web = builder.AddJavaScriptApp(Wiring.Web, "../web", runScriptName: "build");
var gateway = builder.AddProject<Projects.Gateway>(Wiring.Gateway)
    .WithHttpEndpoint(port: Wiring.GatewayPort)
    .WithEnvironment(Wiring.Variables.Environment, "Development")
    .WithEnvironment(Wiring.Variables.RootDomain, "localhost")
    .WithEnvironment(Wiring.Variables.WebRoot, Path.GetFullPath("../web/out", builder.AppHostDirectory))
    .WithReference(redis).WaitFor(redis).WaitForCompletion(web);
foreach (var cell in new[] { identity, inventory, promotions, tax, history, transaction, payments })
    gateway.WithReference(cell).WaitFor(cell);
sandbox.WithEnvironment(Wiring.Variables.SandboxWebhookUrl, $"{gateway.GetEndpoint("http")}/api/webhooks/paystack");
builder.Build().Run();

IResourceBuilder<ProjectResource> Cell<TProject>(string name) where TProject : IProjectMetadata, new() =>
    LogIn(LogIn(builder.AddProject<TProject>(name), name, Wiring.AppRole(name)), Wiring.RelayOf(name), Wiring.RelayRole(name))
        .WithHttpEndpoint().WithHttpHealthCheck("/ready")
        .WithEnvironment(Wiring.Variables.Environment, "Development")
        .WithEnvironment(Wiring.Variables.RootDomain, "localhost")
        .WithEnvironment(Wiring.Variables.RabbitMqUrl, $"{rabbitMq}")
        .WaitFor(rabbitMq).WaitForCompletion(push);

// The administrator's connection string with another database, user and password: of a repeated key the last one counts.
IResourceBuilder<ProjectResource> LogIn(IResourceBuilder<ProjectResource> project, string connection, string role) => project.WithEnvironment(
    $"ConnectionStrings__{connection}", $"{postgres};Database={Wiring.Database};Username={role};Password={rolePassword}");
