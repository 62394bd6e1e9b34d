using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.TestKit;

namespace Platform.Integration.Tests.Tls;

public sealed class PostgresTlsTests(SecurePostgres server) : IClassFixture<SecurePostgres>
{
    [Fact]
    public async Task A_server_of_the_authority_is_believed_and_what_goes_there_is_encrypted()
    {
        await using var host = await StartAsync(ConnectionString(server.Authority.RootFile));
        await Eventually.TrueAsync(async () => await host.Http.ReadinessAsync() == "", "the documents are there");

        await using var source = NpgsqlDataSource.Create(ConnectionString(server.Authority.RootFile));
        await using var command = source.CreateCommand(
            "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'platform notes'");
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_server_of_a_foreign_authority_is_refused_and_readiness_says_why()
    {
        await using var host = await StartAsync(ConnectionString(server.Foreign.RootFile));
        await RefusesAsync(host, $"for '127.0.0.1' by an authority of '{server.Foreign.RootFile}'");
    }

    [Fact]
    public async Task A_server_with_a_certificate_for_another_name_is_refused_and_readiness_says_why()
    {
        await using var host = await StartAsync(ConnectionString(server.Authority.RootFile, SecureServer.WrongName));
        await RefusesAsync(host, $"for 'localhost' by an authority of '{server.Authority.RootFile}'");
    }

    [Theory]
    [InlineData("SSL Mode=Require", "says SSL Mode=Require, which encrypts without asking who answers; say VerifyFull")]
    [InlineData("SSL Mode=VerifyFull;Root Certificate=/nowhere/ca.pem", "Root Certificate: '/nowhere/ca.pem' is missing.")]
    [InlineData("Root Certificate=/etc/hostname", "names a Root Certificate, which takes SSL Mode=VerifyFull.")]
    public async Task A_connection_string_that_would_not_verify_the_server_stops_the_start(string tls, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync($"Host=127.0.0.1;Port={server.Port};Username=platform;{tls}"));
        Assert.Contains(sentence, refusal.Message);
    }

    private string ConnectionString(string root, string name = SecureServer.RightName) =>
        $"Host={name};Port={server.Port};Username=platform;Database=postgres;SSL Mode=VerifyFull;Root Certificate={root}";

    private static Task<TestHost> StartAsync(string connectionString) => TestHost.StartAsync(builder =>
        {
            builder.AddPlatformDefaults("test");
            builder.Services.AddPlatformDocuments("notes");
            builder.AddPlatformMessaging(ServiceMessaging.PublishOnly("notes"));
        },
        app => app.MapPlatformDefaults(),
        new("Storage:Provider", "postgres"), new("Storage:Postgres:ConnectionString", connectionString));

    private static Task RefusesAsync(TestHost host, string reason) => Eventually.TrueAsync(
        async () => (await host.Http.ReadinessAsync()).Contains($"notes documents: PostgreSQL, which shows no certificate {reason}", StringComparison.Ordinal),
        $"readiness says {reason}");
}
