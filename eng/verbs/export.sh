#!/usr/bin/env bash
# Write a time range of the prediction log to a file, compressed.
#
# Usage: ./dev export --from TIME --to TIME [--model NAME]... [--data DIR | --kafka SERVERS] FILE
#        ./dev export --from TIME --to TIME [--model NAME]... [--data DIR | --kafka SERVERS] --format parquet [--platform URL] --out FOLDER
#
#   ./dev export --from 2026-03-04 --to 2026-03-05 march-4.jsonl.zst
#   ./dev export --from 2026-03-04T12:00Z --to 2026-03-04T13:00Z --model credit --kafka 127.0.0.1:9092 noon.jsonl.zst
#
#   ./dev export --from 2026-03-01 --to 2026-04-01 --format parquet --platform http://127.0.0.1:8080 --out march
#
# One JSON object a line, each record once; docs/prediction-log.md says what is in it. FILE ends in .zst (zstd), .gz
# (gzip) or anything else (as it is); it must not be there yet.
#
#   --from, --to TIME     ISO 8601, for example 2026-03-04 or 2026-03-04T05:06:07Z; UTC unless it says otherwise
#   --model NAME          only this model; repeat it for several
#   --data DIR            the data folder of a standalone process, running or not (./data)
#   --kafka SERVERS       read from Kafka instead, host:port, several separated by commas
#   --topic NAME          its topic (predictions.prediction-logged.v1)
#   --broker-version V    for brokers before 0.10, such as that of ./dev up: 0.9.0.1
#   --format FORMAT       ndjson, or parquet: FOLDER/model=NAME/date=DAY/part-N.parquet; docs/tables.md says what is in them
#   --out FOLDER          where the tables go; it must not be there yet
#   --platform URL        asks the platform there, with the key in PLATFORM_KEY if it wants one, for names of classes and categories
source "$(dirname "${BASH_SOURCE[0]}")/../lib/verb.sh"

case ${1:-} in
  -h | --help) show_help; exit 0 ;;
esac

program=$root/eng/export/bin/Release/net10.0/Platform.Export.dll
build_if_changed "$root/eng/export/Export.csproj" "$program" >&2
exec dotnet "$program" "$@"
