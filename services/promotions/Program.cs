using WebWaka;
using WebWaka.Promotions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPromotionsCell();
var app = builder.Build();
app.MapPromotionsCell();
app.Run();
