using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Explainer.Models;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Models;

public sealed class ModelCacheTests : IAsyncLifetime
{
    private ExplainerHost _explainer = null!;

    private ModelCache Cache => _explainer.Host.App.Services.GetRequiredService<ModelCache>();

    public async Task InitializeAsync() => _explainer = await ExplainerHost.StartAsync(("Explainer:CachedModels", "2"));

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Callers_of_one_version_share_one_session()
    {
        var version = Add(1);

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Cache.RentAsync(version, default)));

        Assert.All(leases, lease => Assert.Same(leases[0].Model, lease.Model));
    }

    [Fact]
    public async Task The_version_used_longest_ago_is_closed_beyond_the_bound()
    {
        var versions = Enumerable.Range(1, 3).Select(Add).ToList();
        var models = new List<LoadedModel>();
        foreach (var version in versions.Append(versions[1]))
        {
            using var lease = await Cache.RentAsync(version, default);
            models.Add(lease.Model);
        }

        Assert.Same(models[1], models[3]);
        using var again = await Cache.RentAsync(versions[0], default);
        Assert.NotSame(models[0], again.Model);
    }

    [Fact]
    public async Task A_model_in_use_stays_open_beyond_the_bound()
    {
        var versions = Enumerable.Range(1, 4).Select(Add).ToList();
        var leases = new List<ModelLease>();
        foreach (var version in versions)
            leases.Add(await Cache.RentAsync(version, default));

        Assert.All(leases, lease => Assert.Single(lease.Model.Session.Signature.Inputs));
        Assert.All(leases, lease => lease.Model.Session.CreateRunner().Dispose());
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task A_failed_load_is_tried_again()
    {
        var missing = Add(1) with { Sha256 = new string('0', 64) };

        await Assert.ThrowsAsync<HttpRequestException>(() => Cache.RentAsync(missing, default));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Cache.RentAsync(missing, default));

        Assert.Equal(HttpStatusCode.NotFound, failure.StatusCode);
    }

    private ModelVersionDescription Add(int weight) =>
        _explainer.Registry.Add($"linear-{weight}", TinyModels.Linear(weight).ToArray());
}
