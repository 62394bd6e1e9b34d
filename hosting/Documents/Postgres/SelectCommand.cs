using Npgsql;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>A statement that reads, and can be sent again.</summary>
internal sealed class SelectCommand(string sql = "")
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public string Sql { get; set; } = sql;

    /// <summary>Adds parameters and returns how the statement refers to the last one.</summary>
    public string Add(params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        _parameters.AddRange(parameters);
        return $"${_parameters.Count}";
    }

    public NpgsqlCommand On(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(Sql, connection);
        foreach (var parameter in _parameters) command.Parameters.Add(parameter.Clone());
        return command;
    }
}
