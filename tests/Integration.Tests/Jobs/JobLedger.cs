using Npgsql;

namespace Platform.Integration.Tests.Jobs;

/// <summary>What the database says of jobs, past everything that could colour it.</summary>
internal sealed class JobLedger(string connectionString, string database)
{
    private readonly string _connection = new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false }.ConnectionString;

    /// <summary>How many events tell of each job's end.</summary>
    public Task<Dictionary<string, long>> EndsAsync() => ReadAsync(
        "select data->>'jobId', count(*) from events where type in ('inference.prediction-completed.v1', 'inference.prediction-failed.v1') group by 1");

    /// <summary>How many jobs are in each state.</summary>
    public Task<Dictionary<string, long>> StatesAsync() => ReadAsync("select value->>'state', count(*) from documents where collection = 'jobs' group by 1");

    private async Task<Dictionary<string, long>> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var read = new Dictionary<string, long>();
        while (await reader.ReadAsync()) read[reader.GetString(0)] = reader.GetInt64(1);
        return read;
    }
}
