using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.SampleDriver.Client;

namespace Platform.SampleDriver.Seeding;

/// <summary>
/// Registers the samples over the public API, and makes the first version of each the champion. What is there already stays
/// as it is, so that a restart finds what the user left.
/// </summary>
internal sealed class Seeder(PlatformClient platform, IOptions<SeedingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The samples, once each can be called.</summary>
    public async Task<IReadOnlyList<Sample>> SeedAsync(CancellationToken cancellationToken)
    {
        var samples = Sample.ReadAll(options.Value.Directory);
        foreach (var sample in samples) await RegisterAsync(sample, cancellationToken);
        foreach (var sample in samples) await WaitUntilReadyAsync(sample, cancellationToken);
        return samples;
    }

    /// <summary>The same; a failure is told and no more, for the platform runs without its samples too.</summary>
    public async Task<IReadOnlyList<Sample>> TrySeedAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        try
        {
            return await SeedAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException or JsonException)
        {
            tell($"the samples could not be registered: {exception.Message}");
            return [];
        }
    }

    private async Task RegisterAsync(Sample sample, CancellationToken cancellationToken)
    {
        await platform.RegisterAsync(sample.Model, cancellationToken);
        var versions = await platform.GetVersionsAsync(sample.Model, cancellationToken);
        // The user may have registered the same file again; the first is the sample's.
        var known = versions.DistinctBy(version => version.Sha256).ToDictionary(version => version.Sha256, version => version.Version);
        foreach (var version in sample.Versions)
        {
            var sha256 = await Digest.OfFileAsync(version.Model, cancellationToken);
            if (!known.ContainsKey(sha256)) known[sha256] = await UploadAsync(sample, version, cancellationToken);
        }
        await PromoteFirstAsync(sample, known, cancellationToken);
    }

    private async Task<string> UploadAsync(Sample sample, SampleVersion version, CancellationToken cancellationToken)
    {
        using var form = version.ToForm();
        return (await platform.UploadAsync(sample.Model, form, cancellationToken)).Version;
    }

    private async Task PromoteFirstAsync(Sample sample, Dictionary<string, string> versions, CancellationToken cancellationToken)
    {
        var deployments = await platform.GetDeploymentsAsync(cancellationToken);
        if (deployments.Items.Any(deployment => deployment.Model == sample.Model)) return;
        var first = versions[await Digest.OfFileAsync(sample.Versions[0].Model, cancellationToken)];
        await platform.PromoteAsync(sample.Model, first, "the sample's first version", cancellationToken);
    }

    private async Task WaitUntilReadyAsync(Sample sample, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + options.Value.ReadyWithin;
        while (!await platform.AnswersAsync($"v2/models/{sample.Model}/ready", cancellationToken))
        {
            if (time.GetUtcNow() >= deadline) throw new TimeoutException($"{sample.Model} was promoted but does not serve.");
            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
