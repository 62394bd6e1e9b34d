using System.Globalization;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting.PredictionLog.Tables;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary>Records as tables, read back by DuckDB.</summary>
public sealed class TableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDb _duck = new();

    [Fact]
    public async Task Every_datatype_has_a_column_of_its_type_and_missing_values_are_null()
    {
        var inputs = new (string Datatype, object?[] Cells, string Type)[]
        {
            ("BOOL", [true, false, null], "BOOLEAN"), ("INT8", [-128, 127, null], "TINYINT"), ("INT16", [-300, 300, null], "SMALLINT"),
            ("INT32", [-70_000, 70_000, null], "INTEGER"), ("INT64", [long.MinValue, long.MaxValue, null], "BIGINT"), ("UINT8", [0, 255, null], "UTINYINT"),
            ("UINT16", [0, 65_535, null], "USMALLINT"), ("UINT32", [0, uint.MaxValue, null], "UINTEGER"), ("UINT64", [0, ulong.MaxValue, null], "UBIGINT"),
            ("FP16", [0.5, 1.5, null], "FLOAT"), ("FP32", [0.1, -3.25, null], "FLOAT"), ("FP64", [0.1, 1e300, null], "DOUBLE"),
            ("BYTES", ["a", "b", null], "VARCHAR"),
        };
        var tensors = inputs.Select(input =>
            new LoggedTensor { Name = $"in_{input.Datatype}", Datatype = input.Datatype, Shape = [3, 1], Data = Credit.Json(input.Cells) });
        var record = RecordOf("r", 3, [.. tensors]);

        await WriteAsync(new RecordTables(null), [record]);

        var types = _duck.Ask($"describe select * from '{File}'").ToDictionary(row => row["column_name"]!, row => row["column_type"]);
        foreach (var (datatype, cells, type) in inputs)
        {
            var found = Column($"in_{datatype}");
            Assert.Equal(type, types[$"in_{datatype}"]);
            Assert.Null(found[2]);
            for (var row = 0; row < 2; row++)
            {
                var text = Text(datatype == "FP32" ? (float)(double)cells[row]! : cells[row]);
                Assert.Equal(text, found[row]);
                Assert.Equal("1", _duck.One($"select count(*) from '{File}' where in_{datatype} = '{text}'::{type}")); // by the statistics, too
            }
        }
    }

    [Fact]
    public async Task A_wide_tensor_is_a_list_and_of_a_sampled_one_there_is_the_digest()
    {
        var whole = RecordOf("whole", 2, new LoggedTensor
            { Name = "pixels", Datatype = "FP32", Shape = [2, 3], Data = Credit.Json(new double?[] { 1, 2, 3, 4, null, 6 }) });
        var words = RecordOf("words", 1, new LoggedTensor { Name = "words", Datatype = "BYTES", Shape = [1, 2], Data = Credit.Json(new[] { "x", "y" }) });
        var sample = RecordOf("sampled", 1, new LoggedTensor
            { Name = "pixels", Datatype = "FP32", Shape = [1, 3], Stride = 2, Digest = "xxh3:17", Data = Credit.Json(new double?[] { 1, 3 }) });

        await WriteAsync(new RecordTables(null), [whole, words, sample]);

        Assert.Equal(["6.0", "10.0", null, null], _duck.Ask($"select list_sum(pixels)::double::varchar as sum from '{File}'").Select(row => row["sum"]));
        Assert.Equal("x,y", _duck.One($"select array_to_string(words, ',') from '{File}' where prediction_id = 'words'"));
        Assert.Equal([null, null, null, "xxh3:17"], Column("pixels_digest"));
        Assert.Equal("true", _duck.One($"select (pixels is null)::varchar from '{File}' where prediction_id = 'sampled'"));
    }

    [Fact]
    public async Task A_hashed_feature_is_text_a_dropped_one_missing_and_a_taken_name_has_a_prefix()
    {
        var version = Credit.Version(change: metadata => metadata with
        {
            Logging = new() { Redact = [new() { Feature = "age", As = "hash" }, new() { Feature = "amount" }] },
        });
        var record = RecordOf("r", 1, new LoggedTensor
        {
            Name = "input", Datatype = "FP32", Shape = [1, 4], Features = ["age", "amount", "Class", "score"],
            Data = Credit.Json(new object?[] { "k1:abc", null, 2.5, 3.5 }),
        });

        await WriteAsync(new RecordTables(version), [record]);

        Assert.Equal(("k1:abc", null), (Column("age")[0], Column("amount")[0]));
        Assert.Equal(("2.5", "3.5"), (Column("input_Class")[0], Column("input_score")[0]));
    }

    [Fact]
    public void A_column_that_comes_later_makes_other_columns_and_one_that_is_not_there_does_not()
    {
        var (tables, schema) = (new RecordTables(null), new RecordSchema());
        var with = RecordOf("r", 1, new LoggedTensor { Name = "x", Datatype = "FP32", Shape = [1, 1], Data = Credit.Json(new[] { 1 }) });
        schema.Add(tables.Read(with));
        var columns = schema.Columns;

        schema.Add(tables.Read(RecordOf("refused", 1)));
        Assert.Same(columns, schema.Columns);

        schema.Add(tables.Read(RecordOf("r", 1, new LoggedTensor { Name = "y", Datatype = "FP32", Shape = [1, 1], Data = Credit.Json(new[] { 1 }) })));
        Assert.NotSame(columns, schema.Columns);
        Assert.Equal(columns.Append(schema.Columns[^1]), schema.Columns);
    }

    [Fact]
    public async Task Many_rows_are_written_in_groups()
    {
        var record = RecordOf("many", 60_000, new LoggedTensor
            { Name = "x", Datatype = "INT32", Shape = [60_000, 1], Data = Credit.Json(Enumerable.Range(0, 60_000)) });

        await WriteAsync(new RecordTables(null), [record, record]);

        Assert.Equal(("120000", "3599940000"), (_duck.One($"select count(*) from '{File}'"), _duck.One($"select sum(x)::bigint from '{File}'")));
        Assert.True(int.Parse(_duck.One($"select count(distinct row_group_id) from parquet_metadata('{File}')")!, CultureInfo.InvariantCulture) > 2);
    }

    [Theory]
    [InlineData("FP32", "[1,2,3]", 2)]
    [InlineData("INT8", "[1,300]", 2)]
    [InlineData("FP32", "{}", 2)]
    public void What_is_not_as_its_shape_and_datatype_say_is_refused(string datatype, string data, int rows)
    {
        var record = RecordOf("r", rows, new LoggedTensor
            { Name = "x", Datatype = datatype, Shape = [rows, 1], Data = System.Text.Json.JsonDocument.Parse(data).RootElement });

        var refused = Record.Exception(() =>
        {
            var (table, schema) = (new RecordTables(null).Read(record), new RecordSchema());
            schema.Add(table);
            for (var row = 0; row < table.Rows; row++)
                schema.Read(table.Row(row, schema.Columns));
        });

        Assert.True(refused is System.Text.Json.JsonException or FormatException, $"{refused}");
    }

    public void Dispose()
    {
        _duck.Dispose();
        _folder.Dispose();
    }

    private string File => _folder.File("table.parquet");

    private IReadOnlyList<string?> Column(string name) => [.. _duck.Ask($"select \"{name}\" as cell from '{File}'").Select(row => row["cell"])];

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static PredictionLogged RecordOf(string id, int rows, params LoggedTensor[] inputs) =>
        new() { Id = id, Subject = "any", Time = ExportedLog.Midnight, Data = new() { Version = "1", Rows = rows, Inputs = inputs } };

    private async Task WriteAsync(RecordTables tables, IReadOnlyList<PredictionLogged> records)
    {
        var schema = new RecordSchema();
        foreach (var record in records)
            schema.Add(tables.Read(record));
        await using var file = System.IO.File.Create(File);
        var writer = await TableWriter.BeginAsync(schema.Columns, file, default);
        foreach (var table in records.Select(tables.Read))
        {
            for (var row = 0; row < table.Rows; row++)
                await writer.AddAsync(schema.Read(table.Row(row, schema.Columns)), default);
        }

        await writer.CompleteAsync(default);
    }
}
