using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Access;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Deployments;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Deployments;

public sealed class RegistryClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly List<Uri> _asked = [];
    private Func<HttpResponseMessage> _answer = () => new HttpResponseMessage(HttpStatusCode.NotFound);

    public RegistryClientTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Storage:Directory", _folder.Path), new("Registry:Patience", "00:00:00.100")]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddSingleton(new ServiceTokens(ServiceSecrets.None, new ServiceName("test"), TimeProvider.System)).AddPlatformArtifacts().AddRegistryClient();
        services.AddHttpClient<RegistryClient>().ConfigurePrimaryHttpMessageHandler(() => new Answers(this));
        _services = services.BuildServiceProvider();
    }

    private RegistryClient Registry => _services.GetRequiredService<RegistryClient>();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("credit", "..")]
    [InlineData("credit", ".")]
    [InlineData("credit", "")]
    [InlineData("..", "1")]
    [InlineData("credit/versions", "1")]
    [InlineData("credit\n", "1")]
    public async Task What_cannot_be_a_name_is_not_asked_for(string model, string version)
    {
        Assert.Null(await Registry.FindVersionAsync(model, version, CancellationToken.None));

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_version_is_asked_for_by_its_path()
    {
        Assert.Null(await Registry.FindVersionAsync("credit-2.1", "champion", CancellationToken.None));

        Assert.Equal("/v1/models/credit-2.1/versions/champion", Assert.Single(_asked).AbsolutePath);
    }

    [Fact]
    public async Task A_file_that_stops_coming_counts_as_a_registry_that_is_away()
    {
        _answer = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new StalledStream()) };

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => Registry.FetchArtifactAsync(Digest.OfBytes("the whole file"u8), CancellationToken.None));

        Assert.Contains("nothing more", failure.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "artifacts", "incoming")));
    }

    private sealed class Answers(RegistryClientTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._asked.Add(request.RequestUri!);
            return Task.FromResult(test._answer());
        }
    }

    /// <summary>Gives some bytes, and then neither more nor its end.</summary>
    private sealed class StalledStream : MemoryStream
    {
        public StalledStream() : base([.. "the wh"u8])
        {
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var read) return read;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
