using MassTransit;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

/// <summary>Tells the others what was loaded and what could not be. Serving never waits for a broker that is away.</summary>
internal sealed class ModelAnnouncer(IBus bus, TimeProvider time, ILogger<ModelAnnouncer> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task LoadedAsync(LoadedVersion version, double loadMs, CancellationToken cancellationToken) => PublishAsync(new ModelLoaded
    {
        Model = version.Model,
        Version = version.Version,
        Sha256 = version.Description.Sha256,
        Provider = version.Provider,
        LoadMs = loadMs,
        At = time.GetUtcNow(),
    }, cancellationToken);

    public Task FailedAsync(Deployment deployment, string reason, CancellationToken cancellationToken) => PublishAsync(new ModelLoadFailed
    {
        Model = deployment.Model,
        Version = deployment.Version,
        Sha256 = deployment.Sha256,
        Reason = reason,
        At = time.GetUtcNow(),
    }, cancellationToken);

    private async Task PublishAsync<T>(T message, CancellationToken cancellationToken) where T : class
    {
        try
        {
            await bus.Publish(message, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or MassTransitException)
        {
            logger.PublishFailed(exception);
        }
    }
}
