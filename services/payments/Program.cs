using WebWaka;
using WebWaka.Payments;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPaymentsCell();
var app = builder.Build();
app.MapPaymentsCell();
app.Run();
