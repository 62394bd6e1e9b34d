using Platform.Explainer;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;
using Platform.Standalone;
using Platform.Standalone.Commands;

if (!RunCommand.TryRead(args, out var command, out var exitCode)) return exitCode;

var builder = PlatformDefaults.CreateBuilder($"--urls={command.Listening}");

builder.AskCallers(command).AddPlatformDefaults(StandaloneHost.Name).CompleteSocketsInline();
builder.AddRegistry().AddInference().AddMonitor().AddExplainer();
builder.AddPlatformMessaging(
    RegistryService.Messaging, InferenceService.Messaging, MonitorService.Messaging, ExplainerService.Messaging);
builder.AddStandalone(command);

var app = builder.Build();

app.MapPlatformDefaults();
app.MapRegistry().MapInference().MapMonitor().MapExplainer().MapStandalone();

return await app.RunStandaloneAsync();
