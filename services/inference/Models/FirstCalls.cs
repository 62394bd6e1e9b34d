using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Inference.Settings;

namespace Platform.Inference.Models;

/// <summary>
/// Asks the registry about a model or an alias that this process does not know when somebody calls it: it may have been promoted
/// a moment ago, and the event be under way. Asked for by name, because the whole snapshot costs the registry a look at every
/// model. The questions are few, whatever names are called, and none keeps a caller waiting for a registry that is away.
/// </summary>
internal sealed class FirstCalls(
    RegistryClient registry, DeploymentSync deployments, IOptions<ServingOptions> options, TimeProvider time,
    ILogger<FirstCalls> logger) : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Model, string Alias), Lazy<Task<bool>>> _asked = [];
    private readonly UnknownNames _unknown = new(time);
    private readonly TokenBucketRateLimiter _questions = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 50,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(50),
        AutoReplenishment = false,
    });

    // Until when the registry is not asked, in ticks of UTC: it was away a moment ago.
    private long _restsUntil;

    /// <summary>Returns when the alias serves, or when the registry does not have it or does not say so in time.</summary>
    public async Task ServeAsync(string model, string alias, CancellationToken cancellationToken)
    {
        if (!RegistryClient.IsName(model) || !RegistryClient.IsName(alias)) return;
        // A question that was asked before this caller came may miss a promotion in between: then he asks once himself.
        for (var round = 0; round < 2; round++)
        {
            var mine = new Lazy<Task<bool>>(() => AskAndServeAsync(model, alias));
            var shared = _asked.GetOrAdd((model, alias), mine);
            if (await shared.Value.WaitAsync(cancellationToken) || shared == mine) return;
        }
    }

    public void Dispose() => _questions.Dispose();

    // It goes on when the caller who asked leaves: others may wait for it as well.
    private async Task<bool> AskAndServeAsync(string model, string alias)
    {
        try
        {
            if (await AskAsync(model, alias) is not { } description) return false;
            await deployments.ServeAsync(alias, description);
            return true;
        }
        finally
        {
            _asked.TryRemove((model, alias), out _);
        }
    }

    private async Task<ModelVersionDescription?> AskAsync(string model, string alias)
    {
        if (!_unknown.MayAsk(model, alias) || !MayAsk()) return null;
        try
        {
            using var deadline = new CancellationTokenSource(options.Value.FirstCallPatience, time);
            var found = await registry.FindVersionAsync(model, alias, deadline.Token);
            if (found?.Aliases.Contains(alias) == true) return found;
            _unknown.Add(model, alias);
        }
#pragma warning disable CA1031 // whatever keeps the registry from saying it, the name stays unknown here
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _restsUntil, (time.GetUtcNow() + Rest).UtcTicks);
            logger.NotAsked(model, alias, exception.Message);
        }

        return null;
    }

    private bool MayAsk()
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _restsUntil)) return false;
        _questions.TryReplenish();
        using var question = _questions.AttemptAcquire();
        return question.IsAcquired;
    }
}
