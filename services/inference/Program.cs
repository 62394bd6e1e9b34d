using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;

ProcessTuning.CompleteSocketsInline();
var builder = WebApplication.CreateBuilder(args);

builder.AddPlatformDefaults(InferenceService.Name);
builder.AddInference();
builder.AddPlatformMessaging(InferenceService.Messaging);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapInference();

await app.RunAsync();
