using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;

var builder = PlatformDefaults.CreateBuilder(args);

builder.AddPlatformDefaults(InferenceService.Name).CompleteSocketsInline();
builder.AddInference();
builder.AddPlatformMessaging(InferenceService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapInference();

await app.RunAsync();
