using Microsoft.Extensions.Options;
using Platform.SampleDriver.Client;
using Platform.SampleDriver.Seeding;
using Platform.TestKit;

namespace Platform.SampleDriver.Tests.Seeding;

public sealed class SeederTests : IAsyncLifetime
{
    private readonly TemporaryFolder _samples = new();
    private FakePlatform _platform = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakePlatform.StartAsync();
        Write("credit", "v1");
        Write("credit", "v2");
        Directory.CreateDirectory(_samples.File("toolkit"));
    }

    public async Task DisposeAsync()
    {
        await _platform.DisposeAsync();
        _samples.Dispose();
    }

    [Fact]
    public async Task Every_version_is_registered_and_the_first_promoted()
    {
        await SeedAsync();
        Assert.Equal(
            ["register credit", "upload credit with model, metadata, reference", "upload credit with model, metadata, reference", "promote credit 1 to champion"],
            _platform.Requests);
    }

    [Fact]
    public async Task A_second_start_uploads_and_promotes_nothing()
    {
        await SeedAsync();
        _platform.Requests.Clear();
        await SeedAsync();
        Assert.Equal(["register credit"], _platform.Requests);
    }

    [Fact]
    public async Task A_version_that_was_added_to_a_sample_is_uploaded_and_waits_for_the_user()
    {
        await SeedAsync();
        _platform.Requests.Clear();
        Write("credit", "v3");
        await SeedAsync();
        Assert.Equal(["register credit", "upload credit with model, metadata, reference"], _platform.Requests);
    }

    [Fact]
    public async Task A_file_that_the_user_registered_again_is_left_alone()
    {
        await SeedAsync();
        _platform.Repeat("credit");
        _platform.Requests.Clear();
        await SeedAsync();
        Assert.Equal(["register credit"], _platform.Requests);
    }

    [Fact]
    public void The_samples_of_the_repository_are_complete()
    {
        var samples = Sample.ReadAll(Repository.PathOf("samples"));
        Assert.Equal(["credit", "fashion", "poems", "spam"], samples.Select(sample => sample.Model));
        Assert.All(samples, sample => Assert.NotNull(sample.FindRows("traffic")));
        Assert.All(samples.SelectMany(sample => sample.Versions), version => version.ToForm().Dispose());
        Assert.NotNull(samples[0].FindRows("shifted"));
        Assert.Equal(2, samples[0].Versions.Count);
    }

    private Task SeedAsync()
    {
        var options = Options.Create(new SeedingOptions { Directory = _samples.Path, ReadyWithin = TimeSpan.FromMinutes(1) });
        return new Seeder(new PlatformClient(new HttpClient { BaseAddress = _platform.Address }), options, TimeProvider.System)
            .SeedAsync(CancellationToken.None);
    }

    private void Write(string sample, string version)
    {
        var folder = Directory.CreateDirectory(_samples.File(sample, version)).FullName;
        File.WriteAllText(Path.Combine(folder, "model.onnx"), $"{sample} {version}");
        File.WriteAllText(Path.Combine(folder, "metadata.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "reference.csv"), "label\n");
    }
}
