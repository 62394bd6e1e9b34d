using Platform.Explainer;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;

var builder = PlatformDefaults.CreateBuilder(args);

builder.AddPlatformDefaults(ExplainerService.Name);
builder.AddExplainer();
builder.AddPlatformMessaging(ExplainerService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapExplainer();

await app.RunAsync();
