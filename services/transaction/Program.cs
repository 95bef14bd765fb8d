using WebWaka;
using WebWaka.Transaction;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddTransactionCell();
var app = builder.Build();
app.MapTransactionCell();
app.Run();
