{# Stops the run with a sentence where the geography database cannot be read. #}
{% macro check_geography() %}
    {{- return(adapter.dispatch("check_geography")()) -}}
{% endmacro %}

{% macro duckdb__check_geography() %}
    {% set path = geography_path() %}
    {% if execute and path %}
        {% set how = "Set THROUGHLINE_GEO_DATABASE_PATH to the folder of MaxMind's "
            ~ "GeoLite2-City-CSV (...-Blocks-IPv4.csv, ...-Blocks-IPv6.csv, "
            ~ "...-Locations-en.csv) or to DB-IP's city file (.csv or .csv.gz), or unset "
            ~ "it to do without." %}
        {% set patterns = [path] if ".csv" in path
            else [path ~ "/*-Blocks-IPv4.csv", path ~ "/*-Locations-en.csv"] %}
        {% for pattern in patterns %}
            {% if not run_query("select 1 from glob('" ~ pattern ~ "') limit 1").rows %}
                {{ exceptions.raise_compiler_error(
                    "No geography file matches '" ~ pattern ~ "'. " ~ how) }}
            {% endif %}
            {% set described = run_query(
                "describe select * from read_csv('" ~ pattern ~ "', all_varchar = true)") %}
            {% set found = described.columns[0].values() %}
            {% set wanted = [] if ".csv" in path else (["network", "geoname_id"]
                if "Blocks" in pattern else ["geoname_id", "country_iso_code", "city_name"]) %}
            {% set missing = wanted | reject("in", found) | list %}
            {% if missing or (".csv" in path and found | length != 8) %}
                {{ exceptions.raise_compiler_error("The geography file '" ~ pattern
                    ~ "' has the columns " ~ found | join(", ") ~ ", not those of "
                    ~ ("DB-IP's city file (8 without a header)" if ".csv" in path
                        else "GeoLite2-City-CSV") ~ ". " ~ how) }}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
