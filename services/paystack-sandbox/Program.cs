using WebWaka.PaystackSandbox;

var builder = WebApplication.CreateBuilder(args);
builder.AddPaystackSandbox();
var app = builder.Build();
app.MapPaystackSandbox();
app.Run();
