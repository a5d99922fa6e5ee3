# Ombud as an image: docs/operations.md says how to run it.
# Both stages have the same Python, since the second one takes the environment of the first.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN python -m pip install --no-cache-dir uv==0.13.9
RUN uv build -q --wheel --out-dir /src/wheel
RUN uv venv -q /opt/ombud
RUN uv pip install -q --python /opt/ombud/bin/python --require-hashes -r locks/run.txt
RUN uv pip install -q --python /opt/ombud/bin/python --no-deps /src/wheel/*.whl
# Compiles code and templates now, since the image cannot be written later.
RUN /opt/ombud/bin/python -m compileall -q /opt/ombud/lib \
    && /opt/ombud/bin/ombud build --policies policies --out /src/compiled

FROM python:3.11-slim-bookworm
# What draws PDFs. Everything else works without it.
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
        libharfbuzz-subset0 fontconfig fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/ombud /opt/ombud
RUN install -d -o 10001 -g 10001 /policies /data /site
USER 10001:10001
WORKDIR /site
ENV PATH=/opt/ombud/bin:$PATH PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp
VOLUME ["/data", "/site"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/cases/ready', timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["ombud", "serve", "--production", "--policies", "/policies", "--data", "/data", "--out", "/site/www", "--host", "0.0.0.0"]
