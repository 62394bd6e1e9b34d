using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Registry;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>The key that every other comes from, over starts, ends and crashes of the registry.</summary>
public sealed class BootstrapKeyTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private string Path => _data.File("registry", "bootstrap.key");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_writes_a_key_that_its_owner_alone_can_read_and_later_ones_leave_it()
    {
        await using (var first = await StartAsync()) Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, Read()));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var key = Read();
        File.Delete(Path); // put away by its owner

        await using var second = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, key));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_key_is_made_anew_where_none_is_left_that_may_manage_keys()
    {
        string lost;
        await using (var first = await StartAsync())
        {
            lost = Read();
            using var revoked = await SendAsync(first, lost, HttpMethod.Delete, "/v1/keys/bootstrap");
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            await Eventually.TrueAsync(async () => await StatusAsync(first, lost) == HttpStatusCode.Unauthorized, "it is refused");
        }
        await using var second = await StartAsync();
        Assert.NotEqual(lost, Read());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, Read()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second, lost));
    }

    [Fact]
    public async Task A_crash_between_the_files_two_names_loses_nothing()
    {
        await using (await StartAsync()) File.Move(Path, $"{Path}.0123.tmp");
        var key = (await File.ReadAllTextAsync($"{Path}.0123.tmp")).Trim();
        await File.WriteAllTextAsync($"{Path}.4567.tmp", "one that never came to count");

        await using var second = await StartAsync();
        Assert.Equal(key, Read());
        Assert.Equal([Path], Directory.GetFiles(_data.File("registry"), "bootstrap.key*"));
    }

    [Fact]
    public async Task A_key_that_the_operator_gives_is_taken_and_another_replaces_it()
    {
        var (old, next) = (new string('o', 40), new string('n', 40));
        await using (var first = await StartAsync(("Access:BootstrapKey", old))) Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, old));
        await using var second = await StartAsync(("Access:BootstrapKey", next));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, next));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second, old));
        Assert.False(File.Exists(Path));
    }

    private string Read() => File.ReadAllText(Path).Trim();

    private async Task<TestHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = await TestHost.StartAskingAsync(
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Storage:Directory", _data.Path)]);
                builder.AddPlatformDefaults(RegistryService.Name);
                builder.AddRegistry().AddPlatformMessaging(RegistryService.Messaging);
            },
            app => app.MapPlatformDefaults().MapRegistry(),
            [new("Access:ServiceSecret", new string('s', 32)), new("Access:KeysInterval", "00:00:00.200"), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))]);
        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the registry is ready");
        return host;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string key)
    {
        using var answer = await SendAsync(host, key, HttpMethod.Get, "/v1/keys");
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, string key, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await host.Http.SendAsync(request);
    }
}
