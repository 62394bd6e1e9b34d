#!/usr/bin/env bash
# Parquet.Net writes times in microseconds and their column statistics in milliseconds, under the same type.
#
# A good guess: a column that is read back right can be filtered, too. Seen with Parquet.Net 6.1.0 and DuckDB 1.5.6 (DuckDB.NET.Data.Full
# 1.5.6.1): three times of 2026, written with DateTimeFormat.DateAndTimeMicros, come back as they were, but the file's smallest and largest
# value are said to be of January 1970, a thousandth of what is meant. DuckDB goes by them: of the two times since May it finds none, and says
# nothing. With DateTimeFormat.DateAndTime (milliseconds) and Impala (INT96) values and statistics agree, and both are found.
# What follows: write one of those two; Impala's keeps fractions of a millisecond.
#
# Needs the .NET 10 SDK; installs the pinned packages into a temporary folder. Fails if any of the three says otherwise.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_HOME=$folder/cli

cat >"$folder/app.cs" <<'CODE'
#:package Parquet.Net@6.1.0
#:package DuckDB.NET.Data.Full@1.5.6.1
using DuckDB.NET.Data;
using Parquet;
using Parquet.Schema;

var (format, path) = (Enum.Parse<DateTimeFormat>(args[0]), args[1]);
var column = new DateTimeDataField("moment", format);
DateTime[] moments = [Noon(1, 1), Noon(6, 1), Noon(11, 1)];
await using (var file = File.Create(path))
{
    await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(column), file);
    using var group = writer.CreateRowGroup();
    await group.WriteAsync<DateTime>(column, moments);
}

using var connection = new DuckDBConnection("Data Source=:memory:");
connection.Open();
Console.WriteLine($"{format}: values {Ask("select min(moment) || ' .. ' || max(moment) from (select moment from read_parquet('{0}'))")}");
Console.WriteLine($"{format}: statistics {Ask("select stats_min_value || ' .. ' || stats_max_value from parquet_metadata('{0}')")}");
Console.WriteLine($"{format}: rows since May {Ask("select count(*) from read_parquet('{0}') where moment >= timestamp '2026-05-01'")}");

static DateTime Noon(int month, int day) => new(2026, month, day, 12, 0, 0, DateTimeKind.Utc);

string Ask(string query)
{
    using var command = connection.CreateCommand();
    command.CommandText = query.Replace("{0}", path);
    try
    {
        return $"{command.ExecuteScalar()}";
    }
    catch (DuckDBException refused)
    {
        return refused.Message.ReplaceLineEndings(" ");
    }
}
CODE

dotnet build "$folder/app.cs" --output "$folder/out" --nologo --verbosity quiet
for format in DateAndTimeMicros DateAndTime Impala; do dotnet "$folder/out/app.dll" "$format" "$folder/$format.parquet"; done | tee "$folder/said"
right='2026-01-01 12:00:00 .. 2026-11-01 12:00:00'
grep -q '^DateAndTimeMicros: statistics 1970-01-' "$folder/said"
grep -qx 'DateAndTimeMicros: rows since May 0' "$folder/said"
grep -qx "DateAndTime: statistics $right" "$folder/said"
grep -qx "Impala: statistics $right" "$folder/said"
