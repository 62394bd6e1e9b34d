using Npgsql;

namespace Platform.Integration.Tests.Servers;

[Collection(ServersCollection.Name)]
public sealed class PostgresServerTests(PostgresServer server)
{
    [Fact]
    public async Task A_committed_row_outlives_a_killed_server()
    {
        await ExecuteAsync("create table kept (n int); insert into kept values (7)");

        server.Kill();
        await server.RestartAsync();

        NpgsqlConnection.ClearAllPools();
        Assert.Equal(7, await ExecuteAsync("select n from kept"));
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
